package io.github.sbi4j.flows.tensor.djl;

import io.github.sbi4j.flows.tensor.Parameter;

/**
 * Where a block's parameter lies in the layout.
 *
 * @param place its place
 * @param shape its shape in the block
 * @param statistic whether the block changes it in training, as running statistics
 */
record BlockSlot(Parameter place, long[] shape, boolean statistic) {}
