import { createTheme, type MantineColorsTuple } from "@mantine/core";

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

export const theme = createTheme({
  colors: { teal },
  primaryColor: "teal",
  primaryShade: 8,
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: "pointer",
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans Variable", "Noto Sans Arabic Variable", "Noto Sans Devanagari Variable", "Noto Sans JP Variable", "Noto Sans KR Variable", "Noto Sans SC Variable", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  defaultRadius: "sm",
});
