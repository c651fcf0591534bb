
// Makes tables sortable by their headers; without it they stay as they were written.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      const key = row => row.cells[column].dataset.sort;
      const body = table.tBodies[0];
      const rows = [...body.rows].sort((a, b) => compare(key(a), key(b), sign));
      body.append(...rows);
    });
  });
}

// Numbers by value, else texts; what is missing comes last in both directions.
function compare(a, b, sign) {
  if (a === "" || b === "") {
    return (a === "") - (b === "");
  }
  const difference = Number(a) - Number(b);
  return sign * (a === b ? 0 : Number.isNaN(difference) ? a.localeCompare(b) : difference);
}
