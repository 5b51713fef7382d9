/**
 * What the page of the matrix does. One cell at a time can be reached by Tab; the arrow keys move it, over gaps in short
 * columns. When the table is drawn again, the cell of the same technique keeps the focus, and nothing scrolls.
 */
export const SCRIPT = `
const vscode = acquireVsCodeApi();
const table = document.querySelector("table");
const frame = document.querySelector(".scroll");
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
let state = vscode.getState() ?? {};
let cells = [];
function read() {
  cells = [...table.querySelectorAll("button")];
  const named = cells.find((one) => one.dataset.tactic === state.tactic && one.dataset.technique === state.technique);
  mark(named ?? cells[0]);
  return named;
}
function mark(cell) {
  for (const one of cells) one.tabIndex = one === cell ? 0 : -1;
}
function keep(more) {
  state = { ...state, ...more };
  vscode.setState(state);
}
function at(row, column) {
  return cells.find((one) => Number(one.dataset.row) === row && Number(one.dataset.column) === column);
}
function lastOf(axis) {
  return Math.max(0, ...cells.map((one) => Number(one.dataset[axis])));
}
function focus(cell) {
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}
function move(cell, [down, right]) {
  let row = Number(cell.dataset.row) + down;
  const column = Number(cell.dataset.column) + right;
  if (row < 0 || lastOf("row") < row || column < 0 || lastOf("column") < column) return;
  let next = at(row, column);
  while (next === undefined && down === 0 && 0 < row) next = at(--row, column);
  if (next !== undefined) focus(next);
}
document.addEventListener("focusin", (event) => {
  const cell = event.target.closest("button");
  if (cell === null) return;
  mark(cell);
  keep({ tactic: cell.dataset.tactic, technique: cell.dataset.technique });
});
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest("button");
  if (cell === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const column = Number(cell.dataset.column);
  if (event.key in steps) move(cell, steps[event.key]);
  else if (event.key === "Home") focus(at(Number(cell.dataset.row), 0) ?? cell);
  else if (event.key === "End") focus(cells.filter((one) => Number(one.dataset.column) === column).at(-1) ?? cell);
  else return;
  event.preventDefault();
});
document.addEventListener("click", (event) => {
  const cell = event.target.closest("button");
  if (cell === null) return;
  focus(cell);
  vscode.postMessage({ tactic: cell.dataset.tactic, technique: cell.dataset.technique });
});
frame.addEventListener("scroll", () => keep({ top: frame.scrollTop, left: frame.scrollLeft }));
function goOn() {
  if (!table.contains(document.activeElement)) cells.find((one) => one.tabIndex === 0)?.focus({ preventScroll: true });
}
window.addEventListener("focus", goOn);
window.addEventListener("message", ({ data }) => {
  if (data.kind === "draw") draw(data);
  if (data.kind === "focus") goOn();
});
function draw(data) {
  const hadFocus = table.contains(document.activeElement);
  const [top, left] = [frame.scrollTop, frame.scrollLeft];
  document.getElementById("help").innerHTML = data.help;
  table.innerHTML = data.table;
  const named = read();
  frame.scrollTo({ top, left });
  if (hadFocus) (named ?? cells[0])?.focus({ preventScroll: true });
}
read();
frame.scrollTo({ top: state.top ?? 0, left: state.left ?? 0 });
`;
