package io.github.sbi4j.flows.embedding;

import io.github.sbi4j.flows.network.LinearLayer;
import io.github.sbi4j.flows.network.MultilayerPerceptron;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.List;

/** Layers of convolution and maximum, then a perceptron over all that is left. */
final class ConvolutionNetwork implements EmbeddingNetwork {
  private final Convolution1d settings;
  private final List<LinearLayer> layers;
  private final MultilayerPerceptron last;

  ConvolutionNetwork(Convolution1d settings, List<LinearLayer> layers, MultilayerPerceptron last) {
    this.settings = settings;
    this.layers = List.copyOf(layers);
    this.last = last;
  }

  @Override
  public int outputs() {
    return settings.network().outputs();
  }

  @Override
  public Tensor apply(Operations ops, Tensor observations) {
    Tensor series = observations;
    int channels = settings.channels();
    for (LinearLayer layer : layers) {
      Tensor weight = ops.parameter(layer.weight());
      Tensor bias = ops.parameter(layer.bias());
      series =
          ops.convolution(series, weight, bias, channels, settings.kernel(), layer.activation());
      channels = layer.outputs();
      if (settings.pool() > 1) {
        series = ops.maxPool(series, channels, settings.pool());
      }
    }
    return last.apply(ops, series);
  }
}
