// From a press of a button to the first frame of sound above -60 dB on one of the slots, and what happened on the way:
// `await firstSound` gives milliseconds by name.
window.firstSound = new Promise((resolve) => {
  const LOUD_DB = -60;
  const context = new AudioContext();
  const analysers = new Map(); // by track
  const marks = {};
  let pressed = Infinity;

  const mark = (name) => {
    if (performance.now() >= pressed && !(name in marks)) marks[name] = performance.now() - pressed;
  };

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...how) {
      super(...how);
      this.addEventListener("connectionstatechange", () => mark(this.connectionState)); // connecting, connected
      this.addEventListener("track", ({ track }) => track.addEventListener("unmute", () => mark("first packet")));
    }

    async setLocalDescription(...how) {
      await super.setLocalDescription(...how);
      mark("offered");
    }

    async setRemoteDescription(...how) {
      mark("answered");
      await super.setRemoteDescription(...how);
    }
  };

  const analyserOf = (track) => {
    if (!analysers.has(track)) {
      const analyser = context.createAnalyser();
      analyser.smoothingTimeConstant = 0;
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      analysers.set(track, analyser);
    }
    return analysers.get(track);
  };

  const loud = (element) => {
    const track = element.srcObject?.getAudioTracks()[0];
    if (!track || track.muted || element.paused) return false; // muted: no packet has come yet
    const analyser = analyserOf(track);
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    return Math.max(...bins) > LOUD_DB;
  };

  const look = () => {
    if (![...document.querySelectorAll("audio")].some(loud)) return setTimeout(look, 5);
    mark("heard");
    for (const { name, startTime, responseEnd } of performance.getEntriesByType("resource")) {
      const step = name.match(/\/(join|media)$/)?.[1];
      if (step && startTime >= pressed) Object.assign(marks, { [`${step} asked`]: startTime - pressed, [`${step} told`]: responseEnd - pressed });
    }
    resolve(marks);
  };

  addEventListener(
    "click",
    (event) => {
      if (!event.target.closest("button")) return;
      pressed = event.timeStamp;
      context.resume();
      look();
    },
    { capture: true, once: true },
  );
});
