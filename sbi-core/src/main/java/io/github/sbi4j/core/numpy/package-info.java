/**
 * NumPy's files, {@code .npz}: arrays by name, as {@code numpy.savez} writes and {@code numpy.load}
 * reads them. {@link io.github.sbi4j.core.numpy.Npz} reads and writes draws, simulations, and any
 * {@link io.github.sbi4j.core.numpy.NumpyArray}.
 */
@NullMarked
package io.github.sbi4j.core.numpy;

import org.jspecify.annotations.NullMarked;
