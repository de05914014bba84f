# One image for three programs:
#   node dist/processor/main.js           (the default)
#   node dist/alertbot/main.js
#   node dist/platform/migrate/main.js
ARG NODE_IMAGE=node:20.20.2-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npx tsc -p tsconfig.build.json

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The embedded database and the TypeScript loader serve `npm start` in a checkout; here both are dead weight.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@unni-craftsman node_modules/tsx node_modules/esbuild node_modules/@esbuild

FROM ${NODE_IMAGE} AS runtime
ARG NODE_IMAGE
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Holdfast" \
  org.opencontainers.image.description="Fulfilment control tower: processor, alertbot and migrator" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.base.name="docker.io/library/${NODE_IMAGE}"
ENV NODE_ENV=production \
  NODE_OPTIONS=--enable-source-maps \
  PROCESSOR_PORT=9464
WORKDIR /app
# Owned by root and not writable by the user the programs run as.
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY timescale/init ./timescale/init
COPY policy ./policy
COPY schemas ./schemas
COPY docker/healthcheck.mjs ./docker/healthcheck.mjs
USER node
EXPOSE 9464 3400
# In the shell form, so that it follows the port the container was given.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
  CMD node docker/healthcheck.mjs "${PROCESSOR_PORT}"
CMD ["node", "dist/processor/main.js"]
