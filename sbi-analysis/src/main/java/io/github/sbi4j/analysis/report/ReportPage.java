package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import io.github.sbi4j.analysis.predictive.PredictiveCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The page of a report. */
final class ReportPage {
  /** So many findings stand at the top; the tables of the checks have all. */
  private static final int MOST_FINDINGS = 8;

  private static final int MOST_OF_A_CHECK = 3;

  private static final String STYLE = resource("report.css");
  private static final String SCRIPT = resource("report.js");

  private final InferenceReport report;
  private final Html html = new Html();
  private final PageFigures figures = new PageFigures();

  ReportPage(InferenceReport report) {
    this.report = report;
  }

  /** A part of the page; the anchor is the target of links. */
  private record Section(String anchor, String heading, Runnable content) {}

  String write() {
    html.markup("<!DOCTYPE html>\n").open("html", "lang", "en");
    head();
    List<Section> sections = sections();
    html.open("body").open("header");
    // A number and its sign of percent stay in one line.
    String headline = report.headline().replace(" %", "\u00a0%") + ".";
    html.element("h1", headline, "class", css(report.verdict()));
    html.element("p", report.title(), "class", "title");
    contents(sections);
    html.close().open("main");
    for (Section section : sections) {
      html.open("section", "id", section.anchor());
      html.element("h2", section.heading());
      section.content().run();
      html.close();
    }
    html.close();
    html.element("footer", "Written by sbi4j. This page loads nothing from elsewhere.");
    html.open("script").markup(SCRIPT).close();
    return html.close().close().toString();
  }

  private void head() {
    html.open("head").single("meta", "charset", "utf-8");
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "name", "color-scheme", "content", "light dark");
    // Nothing is loaded, and no script runs but ours.
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", policy());
    html.element("title", report.title() + " \u2013 " + report.verdict().word());
    html.open("style").markup(STYLE).close().close();
  }

  private static String policy() {
    return "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"
        + sha256(SCRIPT)
        + "'; base-uri 'none'; form-action 'none'";
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("look", "What to look at", this::whatToLookAt));
    InputSections inputs = new InputSections(html, figures);
    if (report.prior().isPresent()) {
      sections.add(new Section("prior", "Prior", () -> report.prior().ifPresent(inputs::prior)));
    }
    if (report.simulations().isPresent()) {
      sections.add(
          new Section(
              "simulations",
              "Simulations",
              () -> report.simulations().ifPresent(inputs::simulations)));
    }
    if (report.training().isPresent()) {
      sections.add(
          new Section("training", "Training", () -> report.training().ifPresent(inputs::training)));
    }
    if (!report.posteriors().isEmpty()) {
      sections.add(
          new Section(
              "posterior",
              "Posterior",
              () ->
                  new PosteriorSection(html, figures).write(report.posteriors(), report.prior())));
    }
    List<ReportedCheck> all = report.allChecks();
    addChecks(sections, "diagnostics", "Diagnostics", all, false);
    addChecks(sections, "predictions", "Predictive checks", all, true);
    return sections;
  }

  private void addChecks(
      List<Section> sections,
      String anchor,
      String heading,
      List<ReportedCheck> all,
      boolean predictive) {
    List<ReportedCheck> some =
        all.stream()
            .filter(check -> predictive == (check.diagnosis() instanceof PredictiveCheck))
            .toList();
    if (!some.isEmpty()) {
      CheckSection section = new CheckSection(html, figures);
      sections.add(new Section(anchor, heading, () -> some.forEach(section::write)));
    }
  }

  private void contents(List<Section> sections) {
    html.open("nav", "aria-label", "Contents").open("ul");
    for (Section section : sections) {
      html.open("li").element("a", section.heading(), "href", "#" + section.anchor()).close();
    }
    html.close().close();
  }

  private void whatToLookAt() {
    List<Headline.Found> worst = Headline.worst(report.diagnoses());
    List<Headline.Found> shown = atTheTop(worst);
    if (worst.isEmpty() && !report.diagnoses().isEmpty()) {
      html.element(
          "p",
          "Nothing stands out. Checks find faults and cannot rule them out: see below how often a"
              + " right posterior would fail, and what was looked at.");
    }
    if (!worst.isEmpty()) {
      html.open("ul", "class", "findings");
      for (Headline.Found found : shown) {
        html.open("li");
        badge(found.finding().verdict());
        html.element("strong", found.diagnosis().name() + ", " + found.finding().quantity());
        html.element("span", found.finding().reading(), "class", "reading").close();
      }
      html.close();
    }
    int more = worst.size() - shown.size();
    if (more > 0) {
      html.element("p", more + " more " + (more == 1 ? "is" : "are") + " below.", "class", "note");
    }
    if (!report.diagnoses().isEmpty()) {
      overview();
    }
  }

  /** The worst findings, so that no check hides the others. */
  private static List<Headline.Found> atTheTop(List<Headline.Found> worst) {
    Map<Diagnosis, Integer> counts = new IdentityHashMap<>();
    return worst.stream()
        .filter(found -> counts.merge(found.diagnosis(), 1, Integer::sum) <= MOST_OF_A_CHECK)
        .limit(MOST_FINDINGS)
        .toList();
  }

  private void overview() {
    PageTable table = new PageTable("All checks", "check", "verdict", "findings", "not passed");
    for (Diagnosis diagnosis : report.diagnoses()) {
      long bad = diagnosis.findings().stream().filter(f -> f.verdict() != Verdict.PASS).count();
      table.row(
          PageTable.Cell.text(diagnosis.name()),
          PageTable.Cell.verdict(diagnosis.verdict()),
          PageTable.Cell.number(diagnosis.findings().size()),
          PageTable.Cell.number(bad));
    }
    table.write(html);
  }

  private void badge(Verdict verdict) {
    html.element("span", verdict.word(), "class", "verdict " + css(verdict));
  }

  /** The class that colours a verdict. */
  static String css(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static String resource(String name) {
    try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
      // Browsers hash scripts with plain newlines, whatever a checkout made of them.
      return text.replace("\r", "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
