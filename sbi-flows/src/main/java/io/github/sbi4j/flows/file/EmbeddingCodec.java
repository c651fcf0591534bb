package io.github.sbi4j.flows.file;

import io.github.sbi4j.flows.embedding.Embedding;
import java.util.Locale;
import java.util.Optional;

/** The settings of embedding networks: the library's in full, of a user's the class's name. */
final class EmbeddingCodec {
  private static final Kinds<Embedding> KINDS =
      Kinds.<Embedding>none()
          .with(
              "identity",
              Embedding.identity().getClass(),
              (embedding, fields) -> {},
              fields -> Embedding.identity());

  private EmbeddingCodec() {}

  static Fields encode(Embedding embedding) {
    return KINDS.encode(embedding);
  }

  /** The settings of a file; the ones given where they are code that a file cannot hold. */
  static Embedding restore(Fields saved, Optional<Embedding> given) {
    if (!Kinds.isCustom(saved)) {
      Embedding embedding = KINDS.decode(saved);
      if (given.isPresent() && !encode(given.get()).equals(saved)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the embedding given is %s, but the posterior was trained with %s; leave it out",
                given.get(),
                embedding));
      }
      return embedding;
    }
    return given.orElseThrow(
        () ->
            new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "the posterior was trained with an embedding network of the class %s, which is"
                        + " code that a file cannot hold; give it again with"
                        + " LoadOptions.defaults().withEmbedding(embedding)",
                    saved.string("class"))));
  }
}
