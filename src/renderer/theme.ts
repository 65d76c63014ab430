import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** One accent. Green, amber and red are kept for meaning: verified, held back or to be decided, failed or leaking. */
const teal: MantineColorsTuple = [
  "#e9f7f6",
  "#d3ecea",
  "#a6dad5",
  "#76c6c0",
  "#4fb4ad",
  "#37a9a1",
  "#25958d",
  "#127f78",
  "#0b6b65",
  "#005650",
];

/** Neutral: images are judged beside these. From text to ground. */
const dark: MantineColorsTuple = [
  "#d6d8da",
  "#b8bbbe",
  "#9a9ea2",
  "#6c7075",
  "#46494d",
  "#36393c",
  "#2a2c2f",
  "#1e2022",
  "#17181a",
  "#101112",
];

export const theme = createTheme({
  colors: { teal, dark },
  primaryColor: "teal",
  primaryShade: 8,
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: "pointer",
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans Variable", "Noto Sans Arabic Variable", "Noto Sans Devanagari Variable", "Noto Sans JP Variable", "Noto Sans KR Variable", "Noto Sans SC Variable", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "18px" }, h2: { fontSize: "16px" }, h3: { fontSize: "14px" } },
  },
  defaultRadius: "sm",
  shadows: { xs: "none", sm: "none" },
  components: {
    Button: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { openDelay: 400, withinPortal: true } },
    TextInput: { defaultProps: { size: "sm" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    // The window itself never scrolls; and the lock writes a style that the Content Security Policy refuses.
    Modal: { defaultProps: { lockScroll: false, radius: "sm" } },
    // Mantine's own ground is that of the page in the dark theme: the choices would stand in nothing.
    SegmentedControl: { styles: { root: { backgroundColor: "var(--satchel-hover)" } } },
    Select: { defaultProps: { size: "sm" } },
  },
});

/** What the screens colour by: each name has a meaning, so that no screen picks a colour of its own. All text pairs reach 4.5 : 1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-text": "#1c2024",
    "--mantine-color-dimmed": "#5c6166",
    "--mantine-color-placeholder": "#6b7075",
    "--mantine-color-error": "#b42318",
    "--mantine-color-anchor": "#0b6b65",
    "--satchel-line": "#dcdfe2",
    "--satchel-panel": "#fafbfb",
    "--satchel-rail": "#f3f5f5",
    "--satchel-hover": "#eef1f1",
    "--satchel-picked": "#d9eeec",
    "--satchel-accent-text": "#0b6b65",
    "--satchel-neutral-text": "#44494e",
    "--satchel-verified-text": "#1d6b35",
    "--satchel-verified-ground": "#e8f5ec",
    "--satchel-attention-text": "#8a5200",
    "--satchel-attention-ground": "#fff4de",
    "--satchel-attention-line": "#e0a53c",
    "--satchel-failed-text": "#b42318",
    "--satchel-failed-ground": "#fef3f2",
    "--satchel-failed-line": "#e5857c",
    "--satchel-kept": "#8d949a",
    "--satchel-replaced": "#3567b8",
    "--satchel-shifted": "#7b4fb0",
    "--satchel-removed": "#44494e",
  },
  dark: {
    "--mantine-color-body": "#17181a",
    "--mantine-color-dimmed": "#9ea3a8",
    "--mantine-color-placeholder": "#8d9297",
    "--mantine-color-error": "#ff8f85",
    "--mantine-color-anchor": "#5cc4bc",
    "--satchel-line": "#313438",
    "--satchel-panel": "#1b1d1f",
    "--satchel-rail": "#121314",
    "--satchel-hover": "#25282b",
    "--satchel-picked": "#173d3a",
    "--satchel-accent-text": "#5cc4bc",
    "--satchel-neutral-text": "#b8bbbe",
    "--satchel-verified-text": "#6fcf8d",
    "--satchel-verified-ground": "#16281c",
    "--satchel-attention-text": "#f0b84f",
    "--satchel-attention-ground": "#2c2413",
    "--satchel-attention-line": "#8f6a1f",
    "--satchel-failed-text": "#ff8f85",
    "--satchel-failed-ground": "#2d1917",
    "--satchel-failed-line": "#8c3a33",
    "--satchel-kept": "#7d838a",
    "--satchel-replaced": "#7fa9ee",
    "--satchel-shifted": "#b993e6",
    "--satchel-removed": "#b8bbbe",
  },
});
