/** Fonts for scripts that the system may lack; each file is loaded only when one of its characters is shown. */
import "@fontsource-variable/noto-sans/wght.css";
import "@fontsource-variable/noto-sans-arabic/wght.css";
import "@fontsource-variable/noto-sans-devanagari/wght.css";
import "@fontsource-variable/noto-sans-jp/wght.css";
import "@fontsource-variable/noto-sans-kr/wght.css";
import "@fontsource-variable/noto-sans-sc/wght.css";

let loads = 0;

/**
 * Chromium keeps words in semibold as it drew them before their font was there: as empty boxes, where the system has none for them. A feature
 * that no font has, with a value that was not there before, has all text drawn anew.
 */
function drawAnew(): void {
  loads += 1;
  document.body.style.fontFeatureSettings = `"zzzz" ${loads}`;
}
document.fonts.addEventListener("loadingdone", drawAnew);
// Some may have come before anybody listened.
void document.fonts.ready.then(drawAnew);
