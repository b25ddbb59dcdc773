// Says beside a slider what the place under its handle means, while it is moved.
"use strict";

document.addEventListener("input", (event) => {
  const slider = event.target;
  if (!slider.matches("input[type=range][list]")) return;
  const stop = slider.list.querySelector(`option[value="${slider.value}"]`);
  if (!stop) return;
  slider.setAttribute("aria-valuetext", stop.label);
  slider.form.querySelector("output").value = stop.label;
});
