package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.diagnostic.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The verdict of all checks in one sentence, and what to look at, worst first. */
final class Headline {
  /** A finding and the check that found it. */
  record Found(Diagnosis diagnosis, Finding finding) {}

  private Headline() {}

  static Verdict verdict(List<Diagnosis> diagnoses) {
    return diagnoses.stream()
        .map(Diagnosis::verdict)
        .reduce(Verdict::worse)
        .orElse(Verdict.UNKNOWN);
  }

  /** All findings that do not pass, the worst first, else in the order of the checks. */
  static List<Found> worst(List<Diagnosis> diagnoses) {
    List<Found> all = new ArrayList<>();
    for (Diagnosis diagnosis : diagnoses) {
      for (Finding finding : diagnosis.findings()) {
        if (finding.verdict() != Verdict.PASS) {
          all.add(new Found(diagnosis, finding));
        }
      }
    }
    all.sort(Comparator.comparing((Found found) -> found.finding().verdict()).reversed());
    return all;
  }

  static String text(List<Diagnosis> diagnoses) {
    Verdict verdict = verdict(diagnoses);
    List<Found> worst =
        worst(diagnoses).stream().filter(found -> found.finding().verdict() == verdict).toList();
    return switch (verdict) {
      case FAIL -> "Do not trust this posterior: " + first(worst);
      case CAUTION -> "Use this posterior with care: " + first(worst) + unknown(diagnoses);
      case UNKNOWN ->
          diagnoses.isEmpty()
              ? "Nobody has checked this posterior: the report has no checks"
              : "It is not known whether this posterior is right: " + first(worst);
      case PASS -> "The checks found nothing wrong with this posterior";
    };
  }

  private static String unknown(List<Diagnosis> diagnoses) {
    boolean any =
        worst(diagnoses).stream().anyMatch(found -> found.finding().verdict() == Verdict.UNKNOWN);
    return any ? "; and not all could be checked" : "";
  }

  private static String first(List<Found> worst) {
    if (worst.isEmpty()) {
      return "a check gives no reason";
    }
    Finding finding = worst.get(0).finding();
    String reading = finding.reading();
    // "This posterior: posterior too narrow" would say it twice.
    String text = reading.startsWith("posterior ") ? reading.substring(10) : reading;
    if (!reading.contains(finding.quantity())) {
      String check = worst.get(0).diagnosis().name();
      String place = check.equals(finding.quantity()) ? check : check + ", " + finding.quantity();
      text = place + ": " + text;
    }
    int more = worst.size() - 1;
    return more == 0
        ? text
        : text + "; and " + more + (more == 1 ? " more finding" : " more findings");
  }
}
