package io.github.sbi4j.flows.tensor.cpu;

import io.github.sbi4j.flows.tensor.Table;

/** A table on the heap, row after row. */
record CpuTable(float[] values, int rows, int columns) implements Table {}
