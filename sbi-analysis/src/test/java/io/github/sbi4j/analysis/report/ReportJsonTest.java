package io.github.sbi4j.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The report for machines is as its schema says. */
class ReportJsonTest {
  private static JsonObject schema() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            ReportJson.class.getResourceAsStream("report.schema.json"), StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    }
  }

  private static JsonObject json(InferenceReport report) {
    return JsonParser.parseString(report.json()).getAsJsonObject();
  }

  @Test
  void reportsAreAsTheSchemaSays() throws IOException {
    assertThat(JsonSchema.problems(schema(), json(Reports.full()))).isEmpty();
    assertThat(JsonSchema.problems(schema(), json(InferenceReport.of("empty")))).isEmpty();
  }

  @Test
  void schemaRefusesOtherObjects() throws IOException {
    JsonObject json = json(Reports.full());
    json.addProperty("extra", 1);
    json.addProperty("verdict", "fine");
    json.remove("title");
    json.getAsJsonObject("simulations").addProperty("count", "many");
    json.getAsJsonObject("simulations").getAsJsonObject("failures").addProperty("failed", 1.5);
    assertThat(JsonSchema.problems(schema(), json))
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactlyInAnyOrder(
            "$.extra",
            "$.verdict",
            "$.title",
            "$.simulations.count",
            "$.simulations.failures.failed");
  }

  @Test
  void contentIsThatOfTheReport() {
    InferenceReport report = Reports.full();
    JsonObject json = json(report);
    assertThat(json.get("schemaVersion").getAsInt()).isEqualTo(1);
    assertThat(json.get("verdict").getAsString()).isEqualTo("fail");
    assertThat(json.get("headline").getAsString()).isEqualTo(report.headline());
    JsonArray diagnoses = json.getAsJsonArray("diagnoses");
    assertThat(diagnoses).hasSize(5);
    JsonObject ranks = diagnoses.get(2).getAsJsonObject();
    assertThat(ranks.get("name").getAsString()).isEqualTo("ranks of " + Reports.NASTY);
    JsonObject first = ranks.getAsJsonArray("findings").get(0).getAsJsonObject();
    assertThat(first.get("quantity").getAsString()).isEqualTo(Reports.NASTY);
    assertThat(first.get("value").getAsDouble()).isEqualTo(1e-9);
    JsonObject predictive = diagnoses.get(3).getAsJsonObject();
    assertThat(predictive.getAsJsonArray("statistics")).hasSize(2);
    JsonObject simulations = json.getAsJsonObject("simulations");
    assertThat(simulations.get("failed").getAsInt())
        .isEqualTo(Reports.simulations().failures().size())
        .isPositive();
    JsonObject column =
        json.getAsJsonArray("posteriors")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("parameters")
            .get(1)
            .getAsJsonObject();
    assertThat(column.get("name").getAsString()).isEqualTo("sigma");
    assertThat(column.get("truth").getAsDouble()).isEqualTo(1);
  }

  @Test
  void numbersThatAreNotFiniteAreNull() {
    JsonObject json = json(Reports.full());
    JsonObject none =
        json.getAsJsonArray("diagnoses")
            .get(2)
            .getAsJsonObject()
            .getAsJsonArray("findings")
            .get(3)
            .getAsJsonObject();
    assertThat(none.get("quantity").getAsString()).isEqualTo("none");
    assertThat(none.get("value").isJsonNull()).isTrue();
    JsonObject network =
        json.getAsJsonObject("training").getAsJsonArray("networks").get(0).getAsJsonObject();
    assertThat(network.getAsJsonArray("validationLoss").get(1).isJsonNull()).isTrue();
  }
}
