package io.github.sbi4j.spark;

import io.github.sbi4j.core.simulation.Simulator;
import java.io.Serializable;

/**
 * A simulator that can be sent to executors: a lambda of this type is serialised with what it uses.
 *
 * <pre>{@code
 * SerializableSimulator model = (parameters, random) -> ...
 * }</pre>
 */
@FunctionalInterface
public interface SerializableSimulator extends Simulator, Serializable {}
