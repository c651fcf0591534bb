package io.github.sbi4j.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page as Chromium shows it; skipped where none is installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportInBrowserTest {
  /** The contrast of each text with what is behind it, as WCAG counts it: the lowest, and whose. */
  private static final String LOWEST_CONTRAST =
      """
      (() => {
        const parts = color => color.match(/[\\d.]+/g).map(Number);
        const light = color => {
          const [r, g, b] = parts(color).map(c => c / 255)
            .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = element => {
          for (; element; element = element.parentElement) {
            const color = getComputedStyle(element).backgroundColor;
            if (parts(color)[3] !== 0) { return color; }
          }
          return "rgb(255, 255, 255)";
        };
        let lowest = [99, ""];
        for (const element of document.querySelectorAll("body *:not(svg, svg *, script)")) {
          if ([...element.childNodes].some(n => n.nodeType === 3 && n.data.trim())) {
            const a = light(getComputedStyle(element).color), b = light(behind(element));
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (contrast < lowest[0]) { lowest = [contrast, element.outerHTML.slice(0, 80)]; }
          }
        }
        return lowest;
      })()
      """;

  private static final String COLUMN =
      "[...document.querySelectorAll('#diagnostics table.sortable')].pop()";

  private Chromium browser;
  private Path page;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    assumeTrue(
        Chromium.installed().isPresent(),
        "no Chromium is on the path, so that nobody looks at the page; install chromium");
    browser = Chromium.start(Chromium.installed().orElseThrow(), folder.resolve("profile"));
    page = folder.resolve("report.html");
    Reports.full().save(page);
  }

  @AfterAll
  void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void openPage() throws Exception {
    browser.size(1280, 900, false);
    browser.media("", "light");
    browser.open(page);
  }

  private String text(String expression) throws Exception {
    return browser.evaluate(expression).getAsString();
  }

  private int number(String expression) throws Exception {
    return browser.evaluate(expression).getAsInt();
  }

  private boolean holds(String expression) throws Exception {
    return browser.evaluate(expression).getAsBoolean();
  }

  @Test
  void firstLineIsTheVerdict() throws Exception {
    assertThat(text("document.body.innerText.split('\\n')[0]"))
        .startsWith("Do not trust this posterior: too narrow for " + Reports.NASTY);
    assertThat(text("document.title")).contains(Reports.NASTY).endsWith("fails");
  }

  @Test
  void namesAreTextAndNothingElse() throws Exception {
    assertThat(number("document.querySelectorAll('b, i').length")).isZero();
    assertThat(number("document.scripts.length")).isEqualTo(1);
    assertThat(text("document.querySelector('#posterior tbody th').textContent"))
        .isEqualTo(Reports.NASTY);
    assertThat(text("document.querySelector('#simulations').textContent"))
        .contains("<i>too large</i>");
  }

  @Test
  void nothingIsLoadedAndNobodyComplains() throws Exception {
    assertThat(browser.requests()).containsExactly(page.toUri().toString());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void scriptsOfOthersDoNotRunAndNoImagesLoad() throws Exception {
    browser.evaluate(
        """
        (() => {
          document.addEventListener("securitypolicyviolation", e => document.body.dataset.seen = e.effectiveDirective);
          const script = document.createElement("script");
          script.textContent = "document.body.dataset.ran = 1";
          document.body.append(script);
          const image = document.createElement("img");
          image.src = "report.png";
          document.body.append(image);
        })()
        """);
    assertThat(holds("'ran' in document.body.dataset")).isFalse();
    for (int i = 0; i < 100 && !holds("'seen' in document.body.dataset"); i++) {
      Thread.sleep(20);
    }
    assertThat(holds("'seen' in document.body.dataset")).isTrue();
    assertThat(browser.complaints()).isNotEmpty();
  }

  @Test
  void fitsATelephoneAndADesk() throws Exception {
    for (int width : new int[] {320, 390, 1280}) {
      browser.size(width, 844, width < 500);
      browser.open(page);
      assertThat(number("document.documentElement.scrollWidth"))
          .as("width of the page at %d", width)
          .isLessThanOrEqualTo(number("innerWidth"))
          .isLessThanOrEqualTo(width);
    }
    browser.size(390, 844, true);
    browser.open(page);
    // The widest table scrolls by itself, and figures shrink.
    assertThat(
            number(
                "Math.max(...[...document.querySelectorAll('.scroll')].map(s => s.scrollWidth))"))
        .isGreaterThan(390);
    assertThat(
            number(
                "Math.max(...[...document.querySelectorAll('svg')].map(s => s.getBoundingClientRect().right))"))
        .isBetween(200, 390);
  }

  @Test
  void headersSortByClick() throws Exception {
    click("value");
    assertThat(column(0)).containsExactly("two", Reports.NASTY, "sigma", "ten", "none");
    assertThat(sorted()).isEqualTo("value ascending");
    click("value");
    assertThat(column(0)).containsExactly("ten", "sigma", Reports.NASTY, "two", "none");
    assertThat(sorted()).isEqualTo("value descending");
    click("quantity");
    assertThat(column(0)).containsExactly(Reports.NASTY, "none", "sigma", "ten", "two");
    assertThat(sorted()).isEqualTo("quantity ascending");
    click("verdict");
    click("verdict");
    assertThat(column(1)).containsExactly("fails", "caution", "unknown", "passes", "passes");
  }

  @Test
  void headersSortByKeys() throws Exception {
    browser.evaluate(COLUMN + ".tHead.querySelectorAll('button')[3].focus()");
    browser.press("Tab", 9);
    assertThat(text("document.activeElement.textContent")).isEqualTo("value");
    browser.press("Enter", 13);
    assertThat(sorted()).isEqualTo("value ascending");
    assertThat(column(0)).startsWith("two");
  }

  private void click(String header) throws Exception {
    browser.evaluate(
        "[...%s.tHead.querySelectorAll('button')].find(b => b.textContent === '%s').click()"
            .formatted(COLUMN, header));
  }

  private List<String> column(int index) throws Exception {
    List<String> cells = new ArrayList<>();
    String expression = "[...%s.tBodies[0].rows].map(r => r.cells[%d].textContent.trim())";
    for (JsonElement cell :
        browser.evaluate(expression.formatted(COLUMN, index)).getAsJsonArray()) {
      cells.add(cell.getAsString());
    }
    return cells;
  }

  private String sorted() throws Exception {
    return text(
        "[...%s.querySelectorAll('[aria-sort]')].map(h => h.textContent + ' ' + h.ariaSort).join()"
            .formatted(COLUMN));
  }

  @Test
  void worksWithoutScripts() throws Exception {
    browser.scripts(false);
    try {
      browser.open(page);
      assertThat(number("document.querySelectorAll('button').length")).isZero();
      assertThat(number("document.querySelectorAll('table').length")).isGreaterThan(5);
    } finally {
      browser.scripts(true);
    }
  }

  @Test
  void lightAndDarkCanBeRead() throws Exception {
    for (String scheme : List.of("light", "dark")) {
      browser.media("screen", scheme);
      var lowest = browser.evaluate(LOWEST_CONTRAST).getAsJsonArray();
      assertThat(lowest.get(0).getAsDouble()).as("%s: %s", scheme, lowest).isBetween(4.5, 21.0);
    }
    assertThat(text("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(18, 22, 27)");
    assertThat(text("getComputedStyle(document.querySelector('.picture')).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
  }

  @Test
  void printsInLightWithinThePaper() throws Exception {
    // A4 less its margins, in CSS pixels.
    browser.size(717, 1000, false);
    browser.media("print", "dark");
    assertThat(
            text(
                "getComputedStyle(document.querySelector('nav li').parentElement.parentElement).display"))
        .isEqualTo("none");
    assertThat(text("getComputedStyle(document.body).color")).isEqualTo("rgb(27, 33, 41)");
    assertThat(
            number(
                "Math.max(...[...document.querySelectorAll('table, svg')].map(e => e.getBoundingClientRect().right))"))
        .isBetween(300, 717);
    String pdf = browser.send("Page.printToPDF", "{}").get("data").getAsString();
    assertThat(pdf).startsWith("JVBERi0");
  }

  @Test
  void isReachableByEar() throws Exception {
    assertThat(text("document.documentElement.lang")).isEqualTo("en");
    assertThat(number("document.querySelectorAll('h1').length")).isEqualTo(1);
    assertThat(holds("[...document.querySelectorAll('table')].every(t => t.caption)")).isTrue();
    assertThat(holds("[...document.querySelectorAll('th')].every(t => t.scope)")).isTrue();
    assertThat(
            holds(
                "[...document.querySelectorAll('svg')].every(s => s.closest('[role=img][aria-label]'))"))
        .isTrue();
    assertThat(
            holds(
                "[...document.querySelectorAll('nav a')].every(a => document.querySelector(a.hash))"))
        .isTrue();
  }

  @Test
  void identifiersAreUnique() throws Exception {
    String ids = "[...document.querySelectorAll('[id]')].map(e => e.id)";
    assertThat(number("document.querySelectorAll('svg').length")).isEqualTo(4);
    assertThat(number(ids + ".length"))
        .isGreaterThan(20)
        .isEqualTo(number("new Set(" + ids + ").size"));
    // What refers to an identifier finds it in its own figure.
    assertThat(
            holds(
                """
                [...document.querySelectorAll('svg [clip-path]')].every(e => {
                  const id = e.getAttribute('clip-path').match(/#([^)]+)/)[1];
                  return e.closest('svg') === document.getElementById(id).closest('svg');
                })
                """))
        .isTrue();
  }
}
