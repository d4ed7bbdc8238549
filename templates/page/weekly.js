const specifications = JSON.parse(document.getElementById("specifications").textContent);
for (const container of document.querySelectorAll("[data-chart]")) {
  container.replaceChildren();
  window.drawChart(container, specifications[container.dataset.chart]);
}

const table = document.getElementById("unit-table");
const headings = [...table.tHead.rows[0].cells];
const rows = [...table.tBodies[0].rows];
const inChinese = new Intl.Collator("zh-CN");

const valueOf = (row, column, kind) => {
  const { value } = row.cells[column].dataset;
  if (kind === "text") return row.cells[column].textContent.trim();
  return value === undefined ? null : Number(value);
};

const compare = (one, other, kind) => (kind === "text" ? inChinese.compare(one, other) : one - other);

// Whoever has no figure stays at the end, whichever way one sorts.
const sortBy = (column) => {
  const heading = headings[column];
  const kind = heading.dataset.sort;
  const first = kind === "text" ? "ascending" : "descending";
  const second = first === "ascending" ? "descending" : "ascending";
  const direction = heading.getAttribute("aria-sort") === first ? second : first;
  const sign = direction === "ascending" ? 1 : -1;
  headings.forEach((each) => each.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", direction);
  const keyed = rows.map((row) => [valueOf(row, column, kind), row]);
  keyed.sort(([one], [other]) => {
    if (one === null || other === null) return (one === null) - (other === null);
    return sign * compare(one, other, kind);
  });
  table.tBodies[0].append(...keyed.map(([, row]) => row));
};

headings.forEach((heading, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  button.addEventListener("click", () => sortBy(column));
  heading.append(button);
});

const name = document.getElementById("filter-name");
const standing = document.getElementById("filter-standing");
const filter = () => {
  let shown = 0;
  for (const row of rows) {
    row.hidden =
      !row.cells[0].textContent.includes(name.value.trim()) ||
      (standing.value !== "" && row.dataset.standing !== standing.value);
    shown += !row.hidden;
  }
  document.getElementById("shown").textContent = `显示 ${shown} / ${rows.length} 个单位`;
};
name.addEventListener("input", filter);
standing.addEventListener("change", filter);
document.querySelector(".filters").hidden = false;
filter();
