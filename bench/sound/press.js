// From a press of a button to the first frame of sound above -60 dB on one of the slots, in ms: `await firstSound`.
window.firstSound = new Promise((resolve) => {
  const LOUD_DB = -60;
  const context = new AudioContext();
  const analysers = new Map(); // by track

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
    if (!track || element.paused) return false;
    const analyser = analyserOf(track);
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    return Math.max(...bins) > LOUD_DB;
  };

  const look = (pressed) => {
    if ([...document.querySelectorAll("audio")].some(loud)) resolve(performance.now() - pressed);
    else setTimeout(look, 2, pressed);
  };

  addEventListener(
    "click",
    (event) => {
      if (!event.target.closest("button")) return;
      context.resume();
      look(event.timeStamp);
    },
    { capture: true },
  );
});
