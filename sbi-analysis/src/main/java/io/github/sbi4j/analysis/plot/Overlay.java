package io.github.sbi4j.analysis.plot;

import java.awt.Color;

/**
 * Marked positions in parameter space.
 *
 * @param name the name in the legend
 * @param rows the positions, rows of D values
 * @param color the colour
 */
record Overlay(String name, double[][] rows, Color color) {}
