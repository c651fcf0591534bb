@file:JvmName("CookieFactoryKotlin")

package io.github.sbi4j.examples

import io.github.sbi4j.core.mcmc.McmcSettings
import io.github.sbi4j.core.simulation.SimulationSettings
import io.github.sbi4j.examples.cookies.CookieBatch
import io.github.sbi4j.examples.cookies.CookieSimulator
import io.github.sbi4j.flows.posterior.Likelihood
import io.github.sbi4j.flows.training.Training
import io.github.sbi4j.ppl.distribution.Exponential
import io.github.sbi4j.ppl.distribution.Gamma
import io.github.sbi4j.ppl.learned.NeuralLikelihood
import io.github.sbi4j.ppl.model.Model

/**
 * The hierarchical model of chips in cookies, with a learned likelihood.
 *
 * @param arguments the numbers of simulations and of draws of each of four chains, 50000 and 1000
 *   unless given
 */
fun main(arguments: Array<String>) {
  val simulations = arguments.getOrNull(0)?.toInt() ?: 50_000
  val draws = arguments.getOrNull(1)?.toInt() ?: 1_000
  val learned =
    CookieSimulator.learn(simulations, SimulationSettings.defaults(), Training.defaults(), 1)
  val model = hierarchical(CookieBatch.simulated(1), learned)
  val posterior = model.posterior().with(McmcSettings.defaults().withDraws(draws).withSeed(1))
  println(posterior.nuts().summary())
}

internal fun hierarchical(cookies: CookieBatch, learned: Likelihood): Model =
  Model.of { m ->
    val mu = m.sample("mu", Gamma.of(2, 0.2))
    val sigma = m.sample("sigma", Exponential.of(1))
    val locations = m.plate("location", cookies.locations())
    val lambda = locations.sample("lambda", Gamma.of((mu / sigma).square(), mu / sigma.square()))
    m.plate("cookie", cookies.chips().size)
      .observe("chips", NeuralLikelihood.of(learned, lambda[cookies.location()]), *cookies.chips())
  }
