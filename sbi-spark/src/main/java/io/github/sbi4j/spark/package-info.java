/**
 * Simulations on a cluster by Apache Spark, and tables as Parquet.
 *
 * <p>A {@link io.github.sbi4j.spark.SparkRunner} gives the same table as {@link
 * io.github.sbi4j.core.simulation.Simulations#run(io.github.sbi4j.core.simulation.Simulator,
 * io.github.sbi4j.core.sample.Samples, long) Simulations.run}, whatever the number of executors and
 * partitions and whichever of them are lost. Simulators travel to the executors: as a {@link
 * io.github.sbi4j.spark.SerializableSimulator}, or by a factory, {@link
 * io.github.sbi4j.spark.ExecutorSimulator}, for models with state and programs. {@link
 * io.github.sbi4j.spark.ParquetTables} reads and writes simulations and draws.
 */
@NullMarked
package io.github.sbi4j.spark;

import org.jspecify.annotations.NullMarked;
