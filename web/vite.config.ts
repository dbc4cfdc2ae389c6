import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv } from "vite";

// One origin: in development the API is the local gateway, in production the gateway serves dist itself.
export default defineConfig(({ mode }) => {
  const port = loadEnv(mode, ".", "HALLWAY_")["HALLWAY_PORT"] ?? "8080";
  return {
    plugins: [react()],
    build: { target: "es2022", assetsDir: "assets", assetsInlineLimit: 0 },
    server: { proxy: { "/v1": { target: `http://127.0.0.1:${port}`, ws: true } } },
  };
});
