/**
 * Named tables of draws and their summaries.
 *
 * <p>{@link io.github.sbi4j.core.sample.Samples} is the table that every part of the library gives
 * and takes: draws from a prior, observations, draws from a posterior. It is immutable, so it may
 * be shared between threads.
 */
@NullMarked
package io.github.sbi4j.core.sample;

import org.jspecify.annotations.NullMarked;
