package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What loading a posterior, a likelihood or a ratio needs beside its file. */
public final class LoadOptions {
  private static final LoadOptions DEFAULTS = new LoadOptions(Device.cpu(), null, null, null);

  private final Device device;
  private final @Nullable Distribution prior;
  private final @Nullable Embedding embedding;
  private final @Nullable Embedding parameterEmbedding;

  private LoadOptions(
      Device device,
      @Nullable Distribution prior,
      @Nullable Embedding embedding,
      @Nullable Embedding parameterEmbedding) {
    this.device = device;
    this.prior = prior;
    this.embedding = embedding;
    this.parameterEmbedding = parameterEmbedding;
  }

  /** {@return the options for what is wholly in its file: the processor, nothing else} */
  public static LoadOptions defaults() {
    return DEFAULTS;
  }

  /** {@return where the networks are evaluated} */
  public Device device() {
    return device;
  }

  /** {@return the prior, where the file cannot hold it} */
  public Optional<Distribution> prior() {
    return Optional.ofNullable(prior);
  }

  /** {@return the settings of the network that embeds observations, where the file has none} */
  public Optional<Embedding> embedding() {
    return Optional.ofNullable(embedding);
  }

  /** {@return the settings of the network that embeds parameters, where the file has none} */
  public Optional<Embedding> parameterEmbedding() {
    return Optional.ofNullable(parameterEmbedding);
  }

  /**
   * These options with another device.
   *
   * @param device where the networks are evaluated
   * @return the changed options
   */
  public LoadOptions withDevice(Device device) {
    return new LoadOptions(device, prior, embedding, parameterEmbedding);
  }

  /**
   * These options with the prior that was trained with, needed where it is a {@link Distribution}
   * of one's own.
   *
   * @param prior the prior; its dimension, names and support must be those in the file
   * @return the changed options
   */
  public LoadOptions withPrior(Distribution prior) {
    return new LoadOptions(device, prior, embedding, parameterEmbedding);
  }

  /**
   * These options with the network that observations go through first, needed where it is an {@link
   * Embedding} of one's own.
   *
   * @param embedding the settings; the weights they ask for must be those in the file
   * @return the changed options
   */
  public LoadOptions withEmbedding(Embedding embedding) {
    return new LoadOptions(device, prior, embedding, parameterEmbedding);
  }

  /**
   * These options with the network that the parameters of a ratio go through first, needed where it
   * is an {@link Embedding} of one's own.
   *
   * @param embedding the settings; the weights they ask for must be those in the file
   * @return the changed options
   */
  public LoadOptions withParameterEmbedding(Embedding embedding) {
    return new LoadOptions(device, prior, this.embedding, embedding);
  }

  @Override
  public String toString() {
    return "LoadOptions[device="
        + device
        + ", prior="
        + prior
        + ", embedding="
        + embedding
        + ", parameterEmbedding="
        + parameterEmbedding
        + "]";
  }
}
