@file:JvmName("QuickstartKotlin")

package io.github.sbi4j.examples

import io.github.sbi4j.core.distribution.BoxUniform
import io.github.sbi4j.core.sample.Samples
import io.github.sbi4j.core.simulation.Simulations
import io.github.sbi4j.core.simulation.Simulator
import io.github.sbi4j.flows.inference.SNPE

/**
 * The posterior of two parameters from two noisy measurements, a and b + a^2, in ten lines.
 *
 * @param arguments the number of simulations, 2000 unless given
 */
fun main(arguments: Array<String>) {
  println(samples(arguments.firstOrNull()?.toInt() ?: 2_000).summary())
}

internal fun samples(count: Int): Samples {
  val prior = BoxUniform.of(doubleArrayOf(-2.0, -2.0), doubleArrayOf(2.0, 2.0)).named("a", "b")
  val simulator = Simulator { (a, b), random ->
    doubleArrayOf(a + 0.1 * random.nextGaussian(), b + a * a + 0.1 * random.nextGaussian())
  }
  val simulations = Simulations.run(simulator, prior, count, 1)
  val posterior = SNPE.with(prior).seed(1).appendSimulations(simulations).train().buildPosterior()
  return posterior.given(1.0, 0.5).sample(1_000)
}
