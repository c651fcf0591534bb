package io.github.sbi4j.ppl.model;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.ppl.draws.NamedDraws;
import io.github.sbi4j.ppl.expression.Evaluation;
import io.github.sbi4j.ppl.expression.Expression;
import io.github.sbi4j.ppl.expression.Program;
import io.github.sbi4j.ppl.expression.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws of what a model's distributions say, given numbers for what they depend on. */
final class Predictive {
  private static final int BATCH = 64;

  private final Trace trace;
  private final Program program;
  private final Evaluation evaluation;

  private Predictive(Trace trace, List<Expression> outputs) {
    this.trace = trace;
    this.program = Program.of(trace.free(), outputs);
    this.evaluation = new Evaluation(program, BATCH);
  }

  /** Latent, deterministic and observed values from the prior. */
  static NamedDraws prior(Trace trace, int draws, long seed) {
    if (draws < 1) {
      throw new IllegalArgumentException("draws is " + draws + ", expected at least 1");
    }
    List<Expression> outputs = new ArrayList<>();
    for (Latent latent : trace.latents) {
      outputs.addAll(latent.bounds());
      outputs.addAll(latent.site().parameters());
    }
    outputs.addAll(trace.reported.values());
    trace.observed.forEach(site -> outputs.addAll(site.parameters()));
    LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
    trace.reported.forEach((name, value) -> shapes.put(name, value.shape()));
    trace.observed.forEach(site -> shapes.put(site.name(), site.value().shape()));
    return new Predictive(trace, outputs).priorDraws(draws, seed, shapes);
  }

  private NamedDraws priorDraws(int draws, long seed, LinkedHashMap<String, Shape> shapes) {
    int width = shapes.values().stream().mapToInt(Shape::size).sum();
    double[] rows = new double[Math.multiplyExact(draws, width)];
    for (int first = 0; first < draws; first += BATCH) {
      int count = Math.min(BATCH, draws - first);
      RandomGenerator[] random = new RandomGenerator[count];
      int from = first;
      Arrays.setAll(random, i -> RandomStreams.of(seed, from + i));
      evaluation.setInputs(count, new double[count * program.inputSize()]);
      int output = 0;
      for (int k = 0; k < trace.latents.size(); k++) {
        output = drawLatent(k, output, random);
      }
      int offset = 0;
      for (Expression value : trace.reported.values()) {
        int size = value.shape().size();
        copy(evaluation.forward(output++, false), size, count, rows, first * width + offset, width);
        offset += size;
      }
      for (Site site : trace.observed) {
        double[] drawn = draw(site, output, random);
        output += site.distribution().parameters().size();
        int size = site.value().shape().size();
        copy(drawn, size, count, rows, first * width + offset, width);
        offset += size;
      }
    }
    return NamedDraws.of(1, draws, shapes, rows);
  }

  /** Draws one latent site and gives the number of the output after its own. */
  private int drawLatent(int k, int output, RandomGenerator[] random) {
    Latent latent = trace.latents.get(k);
    Site site = latent.site();
    int bounds = latent.bounds().size();
    double[][] limits = new double[bounds][];
    for (int b = 0; b < bounds; b++) {
      limits[b] = evaluation.forward(output + b, false);
    }
    double[] drawn = draw(site, output + bounds, random);
    int size = site.eventSize();
    double[] free = evaluation.input(k);
    int freeSize = latent.free().shape().size() / site.events();
    double[] limit = new double[bounds];
    for (int e = 0; e < random.length * site.events(); e++) {
      for (int b = 0; b < bounds; b++) {
        limit[b] = limits[b][e];
      }
      double[] event = Arrays.copyOfRange(drawn, e * size, (e + 1) * size);
      double[] unbounded = site.distribution().support().unconstrain(event, limit);
      System.arraycopy(unbounded, 0, free, e * freeSize, freeSize);
    }
    return output + bounds + site.distribution().parameters().size();
  }

  /** Draws one site for each chain, with parameters at and after an output. */
  private double[] draw(Site site, int output, RandomGenerator[] random) {
    int count = site.distribution().parameters().size();
    double[][] all = new double[count][];
    Arrays.setAll(all, k -> evaluation.forward(output + k, false));
    List<Expression> expressions = site.parameters();
    int size = site.events() * site.eventSize();
    double[] values = new double[size];
    double[] result = new double[random.length * size];
    for (int i = 0; i < random.length; i++) {
      double[][] parameters = new double[count][];
      for (int k = 0; k < count; k++) {
        int length = expressions.get(k).shape().size();
        parameters[k] = Arrays.copyOfRange(all[k], i * length, (i + 1) * length);
      }
      site.distribution().sample(site.events(), parameters, random[i], values);
      System.arraycopy(values, 0, result, i * size, size);
    }
    return result;
  }

  /** What is observed, drawn anew for given unbounded numbers. */
  static NamedDraws posterior(Trace trace, int chains, int draws, double[] free, long seed) {
    List<Expression> outputs = new ArrayList<>();
    trace.observed.forEach(site -> outputs.addAll(site.parameters()));
    LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
    trace.observed.forEach(site -> shapes.put(site.name(), site.value().shape()));
    Predictive predictive = new Predictive(trace, outputs);
    int width = shapes.values().stream().mapToInt(Shape::size).sum();
    double[] rows = new double[Math.multiplyExact(chains * draws, width)];
    predictive.forBatches(
        chains * draws,
        free,
        (first, count) -> {
          RandomGenerator[] random = new RandomGenerator[count];
          Arrays.setAll(random, i -> RandomStreams.of(seed, first + i));
          int output = 0;
          int offset = 0;
          for (Site site : trace.observed) {
            double[] drawn = predictive.draw(site, output, random);
            output += site.distribution().parameters().size();
            int size = site.value().shape().size();
            copy(drawn, size, count, rows, first * width + offset, width);
            offset += size;
          }
        });
    return NamedDraws.of(chains, draws, shapes, rows);
  }

  /** Expressions computed for given unbounded numbers. */
  static NamedDraws values(
      Trace trace,
      LinkedHashMap<String, Expression> expressions,
      int chains,
      int draws,
      double[] free) {
    LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
    expressions.forEach((name, value) -> shapes.put(name, value.shape()));
    int width = shapes.values().stream().mapToInt(Shape::size).sum();
    double[] rows = new double[Math.multiplyExact(chains * draws, width)];
    List<Expression> outputs = List.copyOf(expressions.values());
    Predictive predictive = new Predictive(trace, outputs);
    predictive.forBatches(
        chains * draws,
        free,
        (first, count) -> {
          int offset = 0;
          for (int k = 0; k < outputs.size(); k++) {
            int size = outputs.get(k).shape().size();
            double[] computed = predictive.evaluation.forward(k, false);
            copy(computed, size, count, rows, first * width + offset, width);
            offset += size;
          }
        });
    return NamedDraws.of(chains, draws, shapes, rows);
  }

  private interface Batch {
    void run(int first, int count);
  }

  private void forBatches(int total, double[] free, Batch batch) {
    int dimension = program.inputSize();
    for (int first = 0; first < total; first += BATCH) {
      int count = Math.min(BATCH, total - first);
      evaluation.setInputs(
          count, Arrays.copyOfRange(free, first * dimension, (first + count) * dimension));
      batch.run(first, count);
    }
  }

  private static void copy(
      double[] from, int size, int count, double[] rows, int offset, int width) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(from, i * size, rows, offset + i * width, size);
    }
  }
}
