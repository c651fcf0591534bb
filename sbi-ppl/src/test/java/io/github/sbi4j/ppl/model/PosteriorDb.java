package io.github.sbi4j.ppl.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * One posterior of stan-dev/posteriordb: its data and its reference draws, 10 chains of 1000, read
 * from the directory named by the system property {@code sbi4j.posteriordb}.
 */
record PosteriorDb(String json, String[] names, double[][][] draws) {
  private static final int CHAINS = 10;

  static PosteriorDb read(String posterior) {
    String directory = System.getProperty("sbi4j.posteriordb");
    assumeTrue(
        directory != null,
        "needs -Dsbi4j.posteriordb=DIR with <posterior>/data.json and <posterior>/draws.csv.gz");
    Path folder = Path.of(directory, posterior);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve("draws.csv.gz"))),
                StandardCharsets.US_ASCII))) {
      String header = reader.readLine();
      String[] names = header.substring(header.indexOf(',') + 1).split(",");
      List<List<double[]>> rows = new ArrayList<>();
      for (int c = 0; c < CHAINS; c++) {
        rows.add(new ArrayList<>());
      }
      reader
          .lines()
          .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .forEach(row -> rows.get((int) row[0] - 1).add(Arrays.copyOfRange(row, 1, row.length)));
      double[][][] draws = new double[names.length][CHAINS][];
      for (int d = 0; d < names.length; d++) {
        for (int c = 0; c < CHAINS; c++) {
          int column = d;
          draws[d][c] = rows.get(c).stream().mapToDouble(row -> row[column]).toArray();
        }
      }
      String json = Files.readString(folder.resolve("data.json"), StandardCharsets.UTF_8);
      return new PosteriorDb(json, names, draws);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of one entry of the data; nested arrays come out row after row. */
  double[] data(String name) {
    Matcher matcher =
        Pattern.compile("\"" + name + "\"\\s*:\\s*(\\[[^\"]*]|[-+0-9.eE]+)").matcher(json);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no entry " + name);
    }
    Matcher numbers = Pattern.compile("[-+0-9.eE]+").matcher(matcher.group(1));
    return numbers.results().mapToDouble(found -> Double.parseDouble(found.group())).toArray();
  }

  double mean(int d) {
    return Arrays.stream(draws[d]).flatMapToDouble(Arrays::stream).average().orElseThrow();
  }

  double sd(int d) {
    double mean = mean(d);
    double[] all = Arrays.stream(draws[d]).flatMapToDouble(Arrays::stream).toArray();
    double squares = Arrays.stream(all).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / (all.length - 1));
  }
}
