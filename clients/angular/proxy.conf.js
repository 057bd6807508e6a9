// Development: `ng serve` passes /api/fragua on to a Fragua server and adds the key here, outside the browser. In production
// nginx/site.conf.template does the same; what is allowed is the same list.
//
//   FRAGUA_SITE_KEY  a key with the scopes infer and catalogue, and nothing else
//   FRAGUA_URL       where the server is; http://127.0.0.1:3000 unless it is said
const ROUTE = '/api/fragua';

const ALLOWED = [
  ['GET', /^\/api\/v1\/catalogues\/[a-z0-9-]+(\/suggest|\/items\/[^/]+)?$/],
  ['POST', /^\/api\/v1\/catalogues\/[a-z0-9-]+\/search$/],
  ['POST', /^\/api\/(chat|generate)$/],
  ['POST', /^\/v1\/chat\/completions$/],
];

function isAllowed(method, url) {
  const { pathname } = new URL(url, 'http://localhost');
  return pathname.startsWith(`${ROUTE}/`) && ALLOWED.some(([allowed, path]) => allowed === method && path.test(pathname.slice(ROUTE.length)));
}

/** Only pages of this server itself: a request of another page, which its browser marks, would spend our key. */
function isForeign({ origin, host }) {
  return origin !== undefined && new URL(origin).host !== host;
}

const key = process.env.FRAGUA_SITE_KEY;
if (!key)
  throw new Error('FRAGUA_SITE_KEY is not set: make a key with the scopes infer and catalogue (Settings, Keys) and put it in the environment of `npm start`.');

module.exports = {
  [ROUTE]: {
    target: process.env.FRAGUA_URL ?? 'http://127.0.0.1:3000',
    changeOrigin: true,
    pathRewrite: { [`^${ROUTE}`]: '' },
    bypass(request, response) {
      const status = isForeign(request.headers) ? 403 : isAllowed(request.method, request.url) ? 0 : 404;
      if (status === 0) return undefined;
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ error: status === 403 ? 'only pages of this site may ask' : 'this is not open to the site' }));
      return false;
    },
    configure(proxy) {
      proxy.on('proxyReq', (request) => {
        request.setHeader('Authorization', `Bearer ${key}`);
        // Checked above. A cookie of the site is none of the server's.
        request.removeHeader('Origin');
        request.removeHeader('Cookie');
      });
    },
  },
};
