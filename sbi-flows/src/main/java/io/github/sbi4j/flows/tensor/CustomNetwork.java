package io.github.sbi4j.flows.tensor;

/**
 * A network that only one engine can run, such as a DJL block of the user's; other engines refuse
 * it with a message.
 *
 * <p>Its weights are ordinary parameters of the layout.
 */
public interface CustomNetwork {
  /** {@return the name of the kind, for messages} */
  String kind();
}
