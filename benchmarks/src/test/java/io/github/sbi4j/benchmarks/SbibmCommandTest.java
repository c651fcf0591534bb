package io.github.sbi4j.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sbi4j.core.sample.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole cells, small ones. */
class SbibmCommandTest {
  private static final String CELL =
      "--algorithm npe --estimator mdn --simulations 400 --samples 200 --threads 1 --data ";

  @TempDir Path data;

  @BeforeEach
  void writeObservations() throws IOException {
    Path folder = Files.createDirectory(data.resolve("two_moons"));
    for (int k = 1; k <= 2; k++) {
      Files.writeString(folder.resolve("observation_" + k + ".csv"), "data_1,data_2\n0,0.1\n");
      Path plain = folder.resolve("plain.csv");
      run("simulate --task two_moons --simulations 200 --seed " + k + " --out " + plain);
      Samples.readCsv(plain).select("parameter_1", "parameter_2").writeCsv(plain);
      Path compressed = folder.resolve("reference_" + k + ".csv.gz");
      try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(compressed))) {
        Files.copy(plain, stream);
      }
    }
  }

  @Test
  void printsTheKeysOfTheContractOnOneLine() {
    Path out = data.resolve("samples.csv");
    Path holdout = data.resolve("holdout.csv");
    run("simulate --task two_moons --simulations 50 --seed 9 --out " + holdout);
    String options = " --observation 1 --trace --samples-out " + out + " --holdout-file " + holdout;
    String line = run("sbibm --task two_moons " + CELL + data + options);
    assertThat(line).hasLineCount(1);
    JsonObject results = JsonParser.parseString(line).getAsJsonObject();
    assertThat(results.keySet())
        .contains("task", "algorithm", "estimator", "simulations", "observation", "seed", "c2st")
        .contains("seconds_simulate", "seconds_train", "seconds_sample", "seconds_total")
        .contains("epochs", "acceptance", "validation_log_prob", "holdout_log_prob");
    assertThat(results.get("c2st").getAsDouble()).isBetween(0.4, 1.0);
    assertThat(results.get("epochs").getAsInt())
        .isEqualTo(results.get("trace").getAsJsonArray().size());
    // the prior's density over the square is 1/4; learning anything beats it
    assertThat(results.get("holdout_log_prob").getAsDouble()).isGreaterThan(Math.log(0.25));
    assertThat(Samples.readCsv(out).rows()).isEqualTo(200);
  }

  @Test
  void roundsShareTheBudget() {
    for (String algorithm : List.of("snpe", "snle", "snre", "tsnpe")) {
      String estimator = algorithm.equals("snre") ? "linear" : "mdn";
      String line =
          run(
              "sbibm --task two_moons --observation 1 --rounds 3 --simulations 150 --samples 200"
                  + " --threads 1 --algorithm %s --estimator %s --data %s"
                      .formatted(algorithm, estimator, data));
      JsonObject results = JsonParser.parseString(line).getAsJsonObject();
      assertThat(results.get("rounds").getAsInt()).isEqualTo(3);
      assertThat(results.get("seconds_rounds").getAsJsonArray()).hasSize(3);
      assertThat(results.get("c2st").getAsDouble()).isBetween(0.4, 1.0);
    }
  }

  @Test
  void tableGoesOnWhereItStopped() {
    Path out = data.resolve("table.csv");
    String table = "sbibm-table --task two_moons --out " + out + " " + CELL + data;
    assertThat(run(table + " --observations 1")).contains("\"cells\":1,\"run\":1,\"failed\":0");
    assertThat(run(table + " --observations 1-2")).contains("\"cells\":2,\"run\":1,\"failed\":0");
    assertThat(run(table + " --observations 1-2")).contains("\"cells\":2,\"run\":0,\"failed\":0");
    assertThat(out).content().hasLineCount(3);
  }

  @Test
  void tableTrainsAnAmortisedAlgorithmOnceAndGivesTheCellsOfTheSingleCommand() throws IOException {
    Path out = data.resolve("once.csv");
    CSVFormat headed = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    run("sbibm-table --task two_moons --observations 1-2 --out " + out + " " + CELL + data);
    List<CSVRecord> rows;
    try (CSVParser parser = CSVParser.parse(out, UTF_8, headed)) {
      rows = parser.getRecords();
    }
    String second = run("sbibm --task two_moons --observation 2 " + CELL + data);
    JsonObject single = JsonParser.parseString(second).getAsJsonObject();
    assertThat(rows.get(0).get("seconds_train")).isEqualTo(rows.get(1).get("seconds_train"));
    for (String key : List.of("validation_log_prob", "c2st")) {
      assertThat(single.get(key).getAsDouble()).isEqualTo(Double.parseDouble(rows.get(1).get(key)));
    }
  }

  private static String run(String line) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int status =
        Main.run(new PrintWriter(output, true), new PrintWriter(errors, true), line.split(" "));
    assertThat(status).as(errors.toString()).isZero();
    return output.toString();
  }
}
