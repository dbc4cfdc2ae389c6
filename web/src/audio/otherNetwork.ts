interface Network extends EventTarget {
  /** "wifi", "cellular" …; only some browsers say. */
  readonly type?: string;
}

/** Calls back when this device is on another network than before. */
export function onOtherNetwork(moved: () => void): void {
  window.addEventListener("online", moved);
  const network = (navigator as Navigator & { connection?: Network }).connection;
  let before = network?.type;
  // It also changes with every estimate of its speed.
  network?.addEventListener("change", () => {
    if (network.type !== before && network.type !== "none") moved();
    before = network.type;
  });
}
