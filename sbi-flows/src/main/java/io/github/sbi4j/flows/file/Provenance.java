package io.github.sbi4j.flows.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * What a posterior, a likelihood or a ratio was learned from, and how; saved with it.
 *
 * @param rows the number of simulations trained and validated on, N
 * @param dataHash the SHA-256 of those simulations as {@link #hash} gives it, in hexadecimal
 * @param observationNames the names of the L observed values, empty if they have none
 * @param epochs the largest number of epochs of any network
 * @param validationLoss the mean over the networks of their best validation loss, NaN if there is
 *     none
 * @param training the settings of the training loop, for people to read
 */
public record Provenance(
    int rows,
    String dataHash,
    List<String> observationNames,
    int epochs,
    double validationLoss,
    String training) {
  private static final int LEAST_BUFFER = 1024;

  /**
   * Copies the list.
   *
   * @param rows the number of simulations trained and validated on, N
   * @param dataHash the SHA-256 of those simulations as {@link #hash} gives it, in hexadecimal
   * @param observationNames the names of the L observed values, empty if they have none
   * @param epochs the largest number of epochs of any network
   * @param validationLoss the mean over the networks of their best validation loss, NaN if there is
   *     none
   * @param training the settings of the training loop, for people to read
   */
  public Provenance {
    observationNames = List.copyOf(observationNames);
  }

  /**
   * The SHA-256 of simulations: of N, D and L as 32-bit integers and the rows of parameters, then
   * those of observations, as 64-bit floats, all in big endian.
   *
   * @param parameters N x D, N at least 1
   * @param observations N x L
   * @return 64 hexadecimal digits
   */
  public static String hash(List<double[]> parameters, List<double[]> observations) {
    MessageDigest digest = Digests.sha256();
    ByteBuffer sizes = ByteBuffer.allocate(3 * Integer.BYTES);
    sizes.putInt(parameters.size());
    sizes.putInt(parameters.get(0).length).putInt(observations.get(0).length);
    digest.update(sizes.array());
    update(digest, parameters);
    update(digest, observations);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, List<double[]> rows) {
    int length = Math.max(LEAST_BUFFER, rows.get(0).length);
    ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES * length);
    for (double[] row : rows) {
      if (buffer.remaining() < Double.BYTES * row.length) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      buffer.asDoubleBuffer().put(row);
      buffer.position(buffer.position() + Double.BYTES * row.length);
    }
    digest.update(buffer.flip());
  }
}
