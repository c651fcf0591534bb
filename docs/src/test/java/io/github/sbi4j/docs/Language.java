package io.github.sbi4j.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A language of the guide: how its blocks become a program, and what compiles it. */
enum Language {
  /** Java. */
  JAVA(
      "java",
      ";",
      "public class Page {\npublic static void main(String... never) throws Exception {",
      "}\n}",
      "if (never.length > 0) {",
      "Page") {
    @Override
    List<String> commonImports() {
      return CommonImports.java();
    }

    @Override
    Program.Compiler compiler() {
      return Compilers::java;
    }
  },
  /** Kotlin. */
  KOTLIN("kt", "", "fun main(vararg never: String) {", "}", "if (never.size > 0) {", "PageKt") {
    @Override
    List<String> commonImports() {
      return CommonImports.kotlin();
    }

    @Override
    Program.Compiler compiler() {
      return Compilers::kotlin;
    }
  };

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "^public (?:\\w+ )*(?:class|interface|record|enum) (\\w+)", Pattern.MULTILINE);
  private static final Pattern MAIN = Pattern.compile("static void main\\(|fun main\\(");

  private final String extension;
  private final String importEnd;
  private final String prologue;
  private final String epilogue;
  private final String neverRun;
  private final String main;

  Language(
      String extension,
      String importEnd,
      String prologue,
      String epilogue,
      String neverRun,
      String main) {
    this.extension = extension;
    this.importEnd = importEnd;
    this.prologue = prologue;
    this.epilogue = epilogue;
    this.neverRun = neverRun;
    this.main = main;
  }

  abstract List<String> commonImports();

  abstract Program.Compiler compiler();

  /** The program that this language's blocks of a page form; empty where there are none. */
  Optional<Program> program(String page, List<CodeBlock> blocks) {
    Map<String, String> sources = new LinkedHashMap<>();
    List<String> mains = new ArrayList<>();
    Set<String> imports = new LinkedHashSet<>();
    StringBuilder statements = new StringBuilder();
    for (CodeBlock block : blocks) {
      if (!block.language().equals(name().toLowerCase(Locale.ROOT))) {
        continue;
      }
      String origin = "// " + page + ":" + block.line() + "\n";
      String code = String.join("\n", block.code()) + "\n";
      Matcher type = PUBLIC_TYPE.matcher(code);
      if (type.find()) {
        sources.put(type.group(1) + "." + extension, origin + imports(Set.of()) + code);
        if (block.run() && MAIN.matcher(code).find()) {
          mains.add(type.group(1));
        }
        continue;
      }
      statements.append(origin).append(block.run() ? "" : neverRun + "\n");
      for (String line : block.code()) {
        if (line.startsWith("import ")) {
          imports.add(line);
        } else {
          statements.append(line).append('\n');
        }
      }
      statements.append(block.run() ? "" : "}\n");
    }
    if (statements.length() > 0) {
      sources.put(
          "Page." + extension, imports(imports) + prologue + "\n" + statements + epilogue + "\n");
      mains.add(main);
    }
    return sources.isEmpty()
        ? Optional.empty()
        : Optional.of(new Program(page, this, sources, mains));
  }

  private String imports(Set<String> own) {
    StringBuilder all = new StringBuilder();
    commonImports()
        .forEach(name -> all.append("import ").append(name).append(importEnd).append('\n'));
    own.forEach(line -> all.append(line).append('\n'));
    return all.toString();
  }
}
