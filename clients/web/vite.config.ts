import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Where `npm run dev` finds a running attlasd; the built page asks its own origin.
const server = process.env.ATTLAS_HTTP ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../../build/web",
    emptyOutDir: true,
    target: "es2022",
    // A data: address would need a hole in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The shapes of the world are one file, loaded where a map is shown.
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { "^/attlas\\.": server } },
  test: { include: ["tests/unit/**/*.test.ts"] },
});
