package io.github.sbi4j.analysis.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.analysis.predictive.PredictedStatistic;
import io.github.sbi4j.analysis.predictive.PredictiveCheck;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A report as JSON, as {@code report.schema.json} beside this class describes it. Numbers that are
 * not finite, which JSON lacks, are null.
 */
final class ReportJson {
  /** Changes whenever a field gets another meaning or goes; not for a new field. */
  private static final int SCHEMA_VERSION = 1;

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().setPrettyPrinting().disableHtmlEscaping().create();

  private ReportJson() {}

  static String of(InferenceReport report) {
    JsonObject json = new JsonObject();
    json.addProperty("schemaVersion", SCHEMA_VERSION);
    json.addProperty("title", report.title());
    json.add("verdict", verdict(report.verdict()));
    json.addProperty("headline", report.headline());
    report.prior().ifPresent(prior -> json.add("prior", prior(prior)));
    report.simulations().ifPresent(table -> json.add("simulations", simulations(table)));
    report.training().ifPresent(training -> json.add("training", training(training)));
    json.add("posteriors", array(report.posteriors(), ReportJson::posterior));
    json.add("diagnoses", array(report.diagnoses(), ReportJson::diagnosis));
    return GSON.toJson(json) + "\n";
  }

  private static JsonObject prior(Distribution prior) {
    double[] lower = prior.support().lower();
    double[] upper = prior.support().upper();
    double[] mean = prior.mean();
    double[] variance = prior.variance();
    JsonArray parameters = new JsonArray();
    for (int d = 0; d < prior.dimension(); d++) {
      JsonObject parameter = new JsonObject();
      parameter.addProperty("name", prior.names().get(d));
      parameter.add("lower", number(lower[d]));
      parameter.add("upper", number(upper[d]));
      parameter.add("mean", number(mean[d]));
      parameter.add("sd", number(Math.sqrt(variance[d])));
      parameters.add(parameter);
    }
    JsonObject json = new JsonObject();
    json.add("parameters", parameters);
    return json;
  }

  private static JsonObject simulations(Simulations simulations) {
    JsonObject json = new JsonObject();
    json.addProperty("count", simulations.size());
    json.addProperty("failed", simulations.failures().size());
    JsonObject failures = new JsonObject();
    InputSections.failures(simulations)
        .forEach((reason, all) -> failures.addProperty(reason, all.size()));
    json.add("failures", failures);
    json.add("observations", columns(simulations.valid().observations(), new double[0]));
    return json;
  }

  private static JsonObject training(TrainingReport report) {
    JsonObject json = new JsonObject();
    json.add("seconds", number(report.seconds()));
    json.addProperty("rowsUsed", report.rowsUsed());
    JsonObject left = new JsonObject();
    new TreeMap<>(report.rowsLeftOut()).forEach(left::addProperty);
    json.add("rowsLeftOut", left);
    json.add("warnings", array(report.warnings(), JsonPrimitive::new));
    json.add("networks", array(report.members(), ReportJson::network));
    return json;
  }

  private static JsonObject network(MemberReport member) {
    JsonObject json = new JsonObject();
    json.addProperty("epochs", member.epochs());
    json.addProperty("bestEpoch", member.bestEpoch());
    json.add("bestValidationLoss", number(member.bestValidationLoss()));
    json.addProperty("stopReason", member.stopReason().name().toLowerCase(Locale.ROOT));
    json.addProperty("trainingRows", member.trainingRows());
    json.addProperty("validationRows", member.validationRows());
    json.addProperty("steps", member.steps());
    json.addProperty("skippedSteps", member.skippedSteps());
    json.add("trainingLoss", array(member.trainingLoss(), ReportJson::number));
    json.add("validationLoss", array(member.validationLoss(), ReportJson::number));
    return json;
  }

  private static JsonObject posterior(PosteriorDraws posterior) {
    JsonObject json = new JsonObject();
    json.addProperty("name", posterior.name());
    json.addProperty("draws", posterior.samples().rows());
    json.add("parameters", columns(posterior.samples(), posterior.truth()));
    return json;
  }

  /** The columns of a table; none if there are too few rows to describe. */
  private static JsonArray columns(Samples samples, double[] truth) {
    JsonArray columns = new JsonArray();
    if (samples.rows() < 2) {
      return columns;
    }
    double[] mean = samples.mean();
    double[] sd = samples.sd();
    double[][] quantiles = samples.quantiles(0.025, 0.05, 0.5, 0.95, 0.975);
    String[] keys = {"quantile025", "quantile05", "median", "quantile95", "quantile975"};
    for (int j = 0; j < samples.columns(); j++) {
      JsonObject column = new JsonObject();
      column.addProperty("name", samples.names().get(j));
      column.add("mean", number(mean[j]));
      column.add("sd", number(sd[j]));
      for (int q = 0; q < keys.length; q++) {
        column.add(keys[q], number(quantiles[q][j]));
      }
      if (truth.length > 0) {
        column.add("truth", number(truth[j]));
      }
      columns.add(column);
    }
    return columns;
  }

  private static JsonObject diagnosis(Diagnosis diagnosis) {
    JsonObject json = new JsonObject();
    json.addProperty("name", diagnosis.name());
    json.add("verdict", verdict(diagnosis.verdict()));
    json.add("findings", array(diagnosis.findings(), ReportJson::finding));
    if (diagnosis instanceof PredictiveCheck check) {
      json.addProperty("simulations", check.predicted().rows());
      json.addProperty("failures", check.failures());
      json.add("statistics", array(check.statistics(), ReportJson::statistic));
    }
    return json;
  }

  private static JsonObject finding(Finding finding) {
    JsonObject json = new JsonObject();
    json.addProperty("quantity", finding.quantity());
    json.add("verdict", verdict(finding.verdict()));
    json.addProperty("measure", finding.measure());
    json.add("value", number(finding.value()));
    json.add("threshold", number(finding.threshold()));
    json.add("falseAlarmRate", number(finding.falseAlarmRate()));
    json.addProperty("reading", finding.reading());
    return json;
  }

  private static JsonObject statistic(PredictedStatistic statistic) {
    JsonObject json = new JsonObject();
    json.addProperty("name", statistic.name());
    json.add("observed", number(statistic.observed()));
    json.add("mean", number(statistic.mean()));
    json.add("sd", number(statistic.sd()));
    json.add("quantile05", number(statistic.quantile05()));
    json.add("median", number(statistic.median()));
    json.add("quantile95", number(statistic.quantile95()));
    json.add("tailProbability", number(statistic.tailProbability()));
    return json;
  }

  private static JsonElement verdict(Verdict verdict) {
    return new JsonPrimitive(verdict.name().toLowerCase(Locale.ROOT));
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  private static <T> JsonArray array(Iterable<T> values, Function<T, JsonElement> writer) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(writer.apply(value)));
    return array;
  }
}
