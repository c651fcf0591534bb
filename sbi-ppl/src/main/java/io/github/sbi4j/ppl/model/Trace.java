package io.github.sbi4j.ppl.model;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a model's code said, in the order in which it was said. */
final class Trace {
  final Set<String> reparametrised;
  final List<Latent> latents = new ArrayList<>();
  final List<Site> observed = new ArrayList<>();
  final List<Expression> factors = new ArrayList<>();

  /** Latent and deterministic values by name. */
  final Map<String, Expression> reported = new LinkedHashMap<>();

  private final Map<String, String> names = new LinkedHashMap<>();

  private Trace(Set<String> reparametrised) {
    this.reparametrised = reparametrised;
  }

  static Trace of(ModelFunction function, Set<String> reparametrised) {
    Trace trace = new Trace(reparametrised);
    function.define(ModelContext.root(trace));
    for (String name : reparametrised) {
      if (!trace.reported.containsKey(name)) {
        throw new IllegalArgumentException(
            "no latent site '" + name + "' to reparametrise; there are " + trace.reported.keySet());
      }
    }
    return trace;
  }

  /** Takes a name for a site or plate. */
  void claim(String name, String kind) {
    if (name.isBlank() || !name.equals(name.strip())) {
      throw new IllegalArgumentException(
          "a " + kind + " is named '" + name + "', expected a name without space around it");
    }
    String other = names.putIfAbsent(name, kind);
    if (other != null) {
      throw new IllegalArgumentException(
          kind
              + " '"
              + name
              + "' has the name of a "
              + other
              + (other.equals("plate") && kind.equals("plate")
                  ? "; keep the context that plate(...) gave and use it again"
                  : " that is there already; give each its own"));
    }
  }

  List<Expression> free() {
    return latents.stream().map(Latent::free).toList();
  }

  /** The log of the joint density of latent values and observations, of unbounded numbers. */
  Expression logDensity(boolean withDeterminants) {
    List<Expression> terms = new ArrayList<>();
    for (Latent latent : latents) {
      terms.add(latent.site().logProb());
      if (withDeterminants) {
        terms.add(latent.logDeterminant());
      }
    }
    observed.forEach(site -> terms.add(site.logProb()));
    terms.addAll(factors);
    return Expression.total(terms);
  }
}
