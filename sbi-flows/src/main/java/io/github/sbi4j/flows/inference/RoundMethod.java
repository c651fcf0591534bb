package io.github.sbi4j.flows.inference;

import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.flows.file.LoadOptions;
import io.github.sbi4j.flows.posterior.DirectPosterior;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import io.github.sbi4j.flows.posterior.Posterior;
import io.github.sbi4j.flows.posterior.Ratio;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What rounds need of a method, beyond appending and training.
 *
 * @param <P> the kind of posterior
 */
interface RoundMethod<P extends Posterior> {
  NeuralInference<?> inference();

  /** The posterior with the weights as they are now. */
  P build();

  P given(P posterior, double[]... trials);

  /** What proposes the next round, unless the caller says. */
  default Proposal proposal(P posterior) {
    return posterior;
  }

  /** Saves what is trained now. */
  void save(Path file);

  /** What {@link #build} gave when that was saved. */
  P load(Path file);

  /** The options for a file of a method's own networks. */
  default LoadOptions options() {
    return LoadOptions.defaults()
        .withPrior(inference().prior())
        .withDevice(inference().networks().device());
  }

  /** Posteriors learned directly. */
  record OfSnpe(SNPE inference) implements RoundMethod<DirectPosterior> {
    @Override
    public DirectPosterior build() {
      return inference.buildPosterior();
    }

    @Override
    public DirectPosterior given(DirectPosterior posterior, double[]... trials) {
      if (trials.length != 1) {
        throw new IllegalArgumentException(
            "SNPE learns from one observation at a time, but "
                + trials.length
                + " trials were given; use SNLE or SNRE for them, or SNPE with the embedding"
                + " PermutationInvariant");
      }
      return posterior.given(trials[0]);
    }

    @Override
    public void save(Path file) {
      build().save(file);
    }

    @Override
    public DirectPosterior load(Path file) {
      return DirectPosterior.load(file, options().withEmbedding(inference.embedding()));
    }
  }

  /** Posteriors of priors that are truncated after each round. */
  record OfTsnpe(TSNPE inference) implements RoundMethod<DirectPosterior> {
    @Override
    public DirectPosterior build() {
      return inference.buildPosterior();
    }

    @Override
    public DirectPosterior given(DirectPosterior posterior, double[]... trials) {
      if (trials.length != 1 || !Arrays.equals(trials[0], inference.observation())) {
        throw new IllegalArgumentException(
            "the rounds are for the observation "
                + Arrays.deepToString(trials)
                + ", but the TSNPE was made for "
                + Arrays.toString(inference.observation())
                + "; give both the same");
      }
      return posterior;
    }

    @Override
    public Proposal proposal(DirectPosterior posterior) {
      return inference.proposal();
    }

    @Override
    public void save(Path file) {
      inference.untruncated().save(file);
    }

    @Override
    public DirectPosterior load(Path file) {
      return inference.restore(
          DirectPosterior.load(file, options().withEmbedding(inference.embedding())));
    }
  }

  /** Chains on learned likelihoods. */
  record OfSnle(SNLE inference) implements RoundMethod<McmcPosterior> {
    @Override
    public McmcPosterior build() {
      return inference.buildPosterior();
    }

    @Override
    public McmcPosterior given(McmcPosterior posterior, double[]... trials) {
      return posterior.given(trials);
    }

    @Override
    public void save(Path file) {
      inference.buildLikelihood().save(file);
    }

    @Override
    public McmcPosterior load(Path file) {
      return McmcPosterior.of(Likelihood.load(file, options()), inference.seed());
    }
  }

  /** Chains on learned ratios. */
  record OfSnre(SNRE inference) implements RoundMethod<McmcPosterior> {
    @Override
    public McmcPosterior build() {
      return inference.buildPosterior();
    }

    @Override
    public McmcPosterior given(McmcPosterior posterior, double[]... trials) {
      return posterior.given(trials);
    }

    @Override
    public void save(Path file) {
      inference.buildRatio().save(file);
    }

    @Override
    public McmcPosterior load(Path file) {
      LoadOptions own =
          options()
              .withEmbedding(inference.embedding())
              .withParameterEmbedding(inference.parameterEmbedding());
      return McmcPosterior.of(Ratio.load(file, own), inference.seed());
    }
  }
}
