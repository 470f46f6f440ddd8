/* How many are there, above the roll: the saved marks only. */
const roll = document.querySelector("[data-roll]");
const words = roll?.dataset;
const find = (name) => document.querySelector(`[data-${name}]`);
export const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (all, gap) => gaps[gap] ?? all);
export const wordOf = (state) => {
  if (!state) return "";
  if (state === "present") return words.present;
  return document.querySelector(`.words input[value="${state}"] + span`)?.textContent ?? state;
};

/* The counter is read out once the tapping pauses. `states` are those of all who are expected, `guests` how many
   came from another group. */
let speaking;
let shown;
export const count = (states, guests) => {
  const there = states.filter((state) => state === "present" || state === "late").length;
  const open = states.filter((state) => !state).length;
  const now = JSON.stringify([[...states].sort(), guests]);
  if (shown === now) return;
  const isFirst = shown === undefined;
  shown = now;
  if (isFirst) return; /* the page has it already */
  find("there").textContent = there;
  find("open").textContent = open;
  const others = ["late", "excused", "sick", "absent"].map((state) => [
    wordOf(state),
    states.filter((one) => one === state).length,
  ]);
  find("others").replaceChildren(
    ...[...others, [words.guests, guests]].flatMap(([word, number]) => {
      if (!number) return [];
      const entry = document.createElement("li");
      entry.append(`${word} `, Object.assign(document.createElement("b"), { textContent: number }));
      return [entry];
    }),
  );
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    const left = open ? fill(words.left, { count: open }) : words.all;
    find("live").textContent = `${fill(words.count, { there, all: states.length })}, ${left}`;
  }, 1500);
};
