package io.github.sbi4j.flows.file;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.flows.Device;
import io.github.sbi4j.flows.embedding.Embedding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What loading a posterior needs beside its file. */
public final class LoadOptions {
  private static final LoadOptions DEFAULTS = new LoadOptions(Device.cpu(), null, null);

  private final Device device;
  private final @Nullable Distribution prior;
  private final @Nullable Embedding embedding;

  private LoadOptions(Device device, @Nullable Distribution prior, @Nullable Embedding embedding) {
    this.device = device;
    this.prior = prior;
    this.embedding = embedding;
  }

  /**
   * {@return the options for a posterior that is wholly in its file: the processor, nothing else}
   */
  public static LoadOptions defaults() {
    return DEFAULTS;
  }

  /** {@return where the posterior is evaluated} */
  public Device device() {
    return device;
  }

  /** {@return the prior, where the file cannot hold it} */
  public Optional<Distribution> prior() {
    return Optional.ofNullable(prior);
  }

  /** {@return the settings of the embedding network, where the file cannot hold them} */
  public Optional<Embedding> embedding() {
    return Optional.ofNullable(embedding);
  }

  /**
   * These options with another device.
   *
   * @param device where the posterior is evaluated
   * @return the changed options
   */
  public LoadOptions withDevice(Device device) {
    return new LoadOptions(device, prior, embedding);
  }

  /**
   * These options with the prior that the posterior was trained with, needed where it is a {@link
   * Distribution} of one's own.
   *
   * @param prior the prior; its dimension, names and support must be those in the file
   * @return the changed options
   */
  public LoadOptions withPrior(Distribution prior) {
    return new LoadOptions(device, prior, embedding);
  }

  /**
   * These options with the embedding network that the posterior was trained with, needed where it
   * is an {@link Embedding} of one's own.
   *
   * @param embedding the settings; the weights they ask for must be those in the file
   * @return the changed options
   */
  public LoadOptions withEmbedding(Embedding embedding) {
    return new LoadOptions(device, prior, embedding);
  }

  @Override
  public String toString() {
    return "LoadOptions[device=" + device + ", prior=" + prior + ", embedding=" + embedding + "]";
  }
}
