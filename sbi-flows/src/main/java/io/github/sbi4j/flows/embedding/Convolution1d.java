package io.github.sbi4j.flows.embedding;

import io.github.sbi4j.flows.network.LinearLayer;
import io.github.sbi4j.flows.network.MultilayerPerceptron;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Convolutions along time, each followed by a maximum over short windows, then a fully connected
 * network; for time series.
 *
 * <p>An observation of C channels of length T is the L = C T values channel after channel: all of
 * the first series, then all of the second. All values of a channel share location and scale when
 * observations are standardised, so that the shape of a series is kept.
 */
public final class Convolution1d implements Embedding {
  private static final Convolution1d DEFAULTS =
      new Convolution1d(1, List.of(6, 12), 5, 2, FullyConnected.defaults().withHiddenLayers(1));

  private final int channels;
  private final List<Integer> filters;
  private final int kernel;
  private final int pool;
  private final FullyConnected network;

  private Convolution1d(
      int channels, List<Integer> filters, int kernel, int pool, FullyConnected network) {
    this.channels = Checks.atLeast("channels", channels, 1);
    this.kernel = Checks.atLeast("kernel", kernel, 1);
    this.pool = Checks.atLeast("pool", pool, 1);
    if (kernel % 2 == 0) {
      throw new IllegalArgumentException(
          "kernel must be odd, so that it is centred on a point in time, but is " + kernel);
    }
    if (filters.isEmpty()) {
      throw new IllegalArgumentException(
          "filters must give the number of filters of at least one layer, but is empty; use FullyConnected for no convolution");
    }
    filters.forEach(count -> Checks.atLeast("filters", count, 1));
    this.filters = filters;
    this.network = network;
  }

  /**
   * {@return the default settings: one channel, layers of 6 and 12 filters over 5 points, windows
   * of 2, then one hidden layer of 50 units and 20 features}
   */
  public static Convolution1d defaults() {
    return DEFAULTS;
  }

  /** {@return the number of series in an observation, C} */
  public int channels() {
    return channels;
  }

  /** {@return the number of filters of each layer} */
  public List<Integer> filters() {
    return filters;
  }

  /** {@return the number of points in time that a filter sees} */
  public int kernel() {
    return kernel;
  }

  /** {@return the width of the windows whose maximum is taken after each layer; 1 for none} */
  public int pool() {
    return pool;
  }

  /** {@return the settings of the network after the convolutions} */
  public FullyConnected network() {
    return network;
  }

  /**
   * {@return these settings with another number of series}
   *
   * @param channels at least 1
   */
  public Convolution1d withChannels(int channels) {
    return new Convolution1d(channels, filters, kernel, pool, network);
  }

  /**
   * {@return these settings with other layers of convolutions}
   *
   * @param filters the number of filters of each layer, at least 1 each
   */
  public Convolution1d withFilters(int... filters) {
    List<Integer> counts = IntStream.of(filters).boxed().toList();
    return new Convolution1d(channels, counts, kernel, pool, network);
  }

  /**
   * {@return these settings with filters of another width}
   *
   * @param kernel odd
   */
  public Convolution1d withKernel(int kernel) {
    return new Convolution1d(channels, filters, kernel, pool, network);
  }

  /**
   * {@return these settings with windows of another width}
   *
   * @param pool at least 1, which takes no maximum
   */
  public Convolution1d withPool(int pool) {
    return new Convolution1d(channels, filters, kernel, pool, network);
  }

  /**
   * {@return these settings with another number of features}
   *
   * @param outputs at least 1
   */
  public Convolution1d withOutputs(int outputs) {
    return withNetwork(network.withOutputs(outputs));
  }

  /**
   * {@return these settings with another network after the convolutions; its activation is theirs
   * too}
   *
   * @param network its settings
   */
  public Convolution1d withNetwork(FullyConnected network) {
    return new Convolution1d(channels, filters, kernel, pool, network);
  }

  @Override
  public EmbeddingNetwork build(int inputs, ParameterLayout layout, RandomGenerator random) {
    int length = length(inputs);
    List<LinearLayer> layers = new ArrayList<>();
    int before = channels;
    for (int count : filters) {
      String name = "embedding.convolution." + layers.size();
      layers.add(
          LinearLayer.create(
              layout, name, before * kernel, count, network.activation(), 1, random));
      before = count;
      length /= pool;
    }
    MultilayerPerceptron last =
        network.perceptron("embedding.network", before * length, layout, random);
    return new ConvolutionNetwork(this, layers, last);
  }

  @Override
  public int[] columnGroups(int inputs) {
    int length = length(inputs);
    return IntStream.range(0, inputs).map(j -> j / length).toArray();
  }

  private int length(int inputs) {
    if (inputs % channels != 0) {
      throw new IllegalArgumentException(
          "an observation of "
              + inputs
              + " values does not hold "
              + channels
              + " channels of equal length; give all of the first series, then all of the second, or change withChannels");
    }
    int length = inputs / channels;
    long least = Math.round(Math.pow(pool, filters.size()));
    if (length < least) {
      throw new IllegalArgumentException(
          "a series of length "
              + length
              + " ("
              + inputs
              + " values, "
              + channels
              + " channels) is too short for "
              + filters.size()
              + " layers with windows of "
              + pool
              + ", which need at least "
              + least
              + "; use fewer layers (withFilters) or withPool(1)");
    }
    return length;
  }

  @Override
  public String toString() {
    return "Convolution1d[channels="
        + channels
        + ", filters="
        + filters
        + ", kernel="
        + kernel
        + ", pool="
        + pool
        + ", network="
        + network
        + "]";
  }
}
