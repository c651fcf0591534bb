package io.github.sbi4j.core.campaign;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A row that does not fit into a file of rows, because it failed or has another number of observed
 * values; a line of JSON after a checksum.
 *
 * @param row the row
 * @param kind how it failed, null if it did not
 * @param message what happened, null if it did not fail
 * @param parameters its D parameters
 * @param values what the simulator returned, null if it failed
 */
record AsideRow(
    int row,
    @Nullable Kind kind,
    @Nullable String message,
    double[] parameters,
    double @Nullable [] values) {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeSpecialFloatingPointValues().create();
  private static final int CHECKSUM_DIGITS = 8;

  static AsideRow ofFailure(SimulationFailure failure) {
    return new AsideRow(
        failure.row(), failure.kind(), failure.message(), failure.parameters(), null);
  }

  static AsideRow ofValues(int row, double[] parameters, double[] values) {
    return new AsideRow(row, null, null, parameters, values);
  }

  /** Eight hexadecimal digits, a space, JSON and the end of the line. */
  byte[] toLine() {
    String json = GSON.toJson(this);
    return (checksum(json) + " " + json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The row of a line, or null if it is damaged. */
  static @Nullable AsideRow parse(String line) {
    if (line.length() <= CHECKSUM_DIGITS + 1) {
      return null;
    }
    String json = line.substring(CHECKSUM_DIGITS + 1);
    if (!line.startsWith(checksum(json) + " ")) {
      return null;
    }
    try {
      return GSON.fromJson(json, AsideRow.class);
    } catch (JsonParseException e) {
      return null;
    }
  }

  private static String checksum(String json) {
    CRC32C crc = new CRC32C();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
