package io.github.sbi4j.core.campaign;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * What the rows of a campaign have in common, as the file {@code campaign.json} has it.
 *
 * @param format the version of the files' layout
 * @param library the version of this library
 * @param simulator the name of the simulator
 * @param parameters the names of the parameters, D of them
 * @param observations the names of the observed values; none if they have none
 * @param prior the prior, for people to read
 * @param draws a hash of the parameters of the first rows
 * @param seed the seed
 */
record CampaignHeader(
    int format,
    String library,
    String simulator,
    List<String> parameters,
    List<String> observations,
    String prior,
    String draws,
    long seed) {
  private static final int FORMAT = 1;
  private static final int ROWS_HASHED = 32;
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** The header with a checksum of its own. */
  private record Envelope(CampaignHeader header, String checksum) {}

  static CampaignHeader of(
      String simulator, Distribution prior, long seed, List<String> observations) {
    if (simulator.isBlank()) {
      throw new IllegalArgumentException(
          "the name of the simulator is blank, expected one that changes with what it does,"
              + " \"epidemic v2\" say");
    }
    return new CampaignHeader(
        FORMAT,
        LibraryVersion.get(),
        simulator,
        prior.names(),
        List.copyOf(observations),
        prior.toString(),
        hash(prior, seed),
        seed);
  }

  /** Two priors that draw the same first rows are one, whatever they are called. */
  private static String hash(Distribution prior, long seed) {
    long drawSeed = Simulations.parameterSeed(seed);
    Samples table = prior.sample(ROWS_HASHED, drawSeed);
    CRC32C crc = new CRC32C();
    long mixed = prior.dimension();
    for (int i = 0; i < ROWS_HASHED; i++) {
      double[] row = prior.sample(RandomStreams.of(drawSeed, i));
      if (!Arrays.equals(row, table.row(i))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s draws %s as row %d of a table, but %s from the stream of that row; a campaign"
                    + " needs a prior whose rows depend on nothing else",
                prior,
                Arrays.toString(table.row(i)),
                i,
                Arrays.toString(row)));
      }
      for (double value : row) {
        crc.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, value));
        mixed = RandomStreams.key(mixed, Double.doubleToLongBits(value));
      }
    }
    return String.format(Locale.ROOT, "%016x%08x", mixed, crc.getValue());
  }

  /** Refuses to go on with what would not give the same rows. */
  void requireSame(CampaignHeader now, Path directory) {
    List<String> differences = new ArrayList<>();
    compare(differences, "simulator", simulator, now.simulator);
    compare(differences, "parameters", parameters, now.parameters);
    compare(differences, "observations", observations, now.observations);
    compare(differences, "seed", seed, now.seed);
    if (differences.isEmpty() && !draws.equals(now.draws)) {
      differences.add("prior " + prior + ", not " + now.prior + ", whose draws are others");
    }
    compare(differences, "version of sbi4j", library, now.library);
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s holds another campaign: %s; go on with what it was begun with, or give another"
                  + " directory",
              directory,
              String.join("; ", differences)));
    }
  }

  private static void compare(List<String> differences, String what, Object there, Object now) {
    if (!Objects.equals(there, now)) {
      differences.add(what + " " + there + ", not " + now);
    }
  }

  /** Eight bytes that tell the files of this campaign from those of others. */
  long id() {
    long id = format;
    for (byte b : GSON.toJson(this).getBytes(StandardCharsets.UTF_8)) {
      id = RandomStreams.key(id, b);
    }
    return id;
  }

  String toJson() {
    return GSON.toJson(new Envelope(this, checksum())) + "\n";
  }

  private String checksum() {
    CRC32C crc = new CRC32C();
    crc.update(GSON.toJson(this).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  static CampaignHeader parse(String json, Path file) {
    Envelope envelope = null;
    try {
      envelope = GSON.fromJson(json, Envelope.class);
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new IllegalStateException(damaged(file), e);
    }
    if (envelope == null || envelope.header == null) {
      throw new IllegalStateException(damaged(file));
    }
    if (envelope.header.format != FORMAT) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s has the format %d, made by sbi4j %s; this version, %s, reads the format %d",
              file,
              envelope.header.format,
              envelope.header.library,
              LibraryVersion.get(),
              FORMAT));
    }
    if (!envelope.header.checksum().equals(envelope.checksum)) {
      throw new IllegalStateException(damaged(file));
    }
    return envelope.header;
  }

  private static String damaged(Path file) {
    return file + " is damaged: it does not fit its checksum; restore it, the rows need it";
  }
}
