/* What this phone keeps of marks that are not sent yet: ids, states and times, no names. It outlives the tab and
   the phone's restart, belongs to one user, and goes when that one signs out or another one signs in. */
const PREFIX = "marks/";

/* What the browser does not keep (it is full, or forbidden to) lives as long as the page. */
const memory = new Map();
const long = (use) => {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
};
const box = {
  getItem: (key) => memory.get(key) ?? long((storage) => storage.getItem(key)),
  setItem: (key, text) => {
    const isKept = long((storage) => storage.setItem(key, text) === undefined);
    if (isKept) memory.delete(key);
    else memory.set(key, text);
  },
  removeItem: (key) => {
    memory.delete(key);
    long((storage) => storage.removeItem(key));
  },
  keys: () => [...new Set([...memory.keys(), ...(long(Object.keys) ?? [])])],
};
export const isKept = () => memory.size === 0;

const keys = (start) => box.keys().filter((key) => key.startsWith(start));
const remove = (found) => found.forEach((key) => box.removeItem(key));

/* Of everybody; of all but `user`. */
export const forgetAll = () => remove(keys(PREFIX));
export const forgetOthers = (user) => remove(keys(PREFIX).filter((key) => !key.startsWith(`${PREFIX}${user}/`)));
export const count = () => keys(PREFIX).length;

/* The marks of `user` in `program`. `who` is the id of a person, the code of a badge, or "everybody". */
export const storeOf = (user, program) => {
  const mine = `${PREFIX}${user}/${program}/`;
  const read = (key) => {
    const [item, who] = key.slice(mine.length).split("/");
    try {
      return { item, who, ...JSON.parse(box.getItem(key)) };
    } catch {
      return null;
    }
  };
  return {
    put: (item, who, mark) => box.setItem(`${mine}${item}/${who}`, JSON.stringify(mark)),
    drop: (item, who) => box.removeItem(`${mine}${item}/${who}`),
    get: (item, who) => (box.getItem(`${mine}${item}/${who}`) ? read(`${mine}${item}/${who}`) : null),
    /* In the order they were made. */
    all: () =>
      keys(mine)
        .map(read)
        .filter((mark) => mark?.at)
        .sort((one, other) => one.at - other.at),
    forget: () => remove(keys(mine)),
    owns: (key) => key === null || key.startsWith(mine),
  };
};
