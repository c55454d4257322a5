import type { Kinds } from './fill.ts';

/** A session cookie in the header, in what the server sets, in code and in a command. */
function cookie(name: string, value: string): readonly string[] {
  return [
    `Cookie: lang=en; ${name}=«${value}»; theme=dark`,
    `Set-Cookie: ${name}=«${value}»; Path=/; HttpOnly`,
    `document.cookie = "${name}=«${value}»"`,
    `curl -b '${name}=«${value}»' https://{host}`,
    `${name}=«${value}»`,
  ];
}

/** A header in a request, in a command and in code. */
function header(name: string, value: string): readonly string[] {
  return [
    `${name}: «${value}»`,
    `curl -H "${name}: «${value}»" https://{host}`,
    `headers: { '${name}': '«${value}»' }`,
    `GET /v1/{word} HTTP/1.1\nHost: {host}\n${name}: «${value}»\nAccept: */*`,
    `req.setRequestHeader("${name}", "«${value}»");`,
  ];
}

/** An address whose parameter opens something, alone and in a sentence. */
function link(url: string): readonly string[] {
  return [url, `open ${url} to continue`, `"url":"${url}"`, `GET ${url} 200`, `[here](${url})`];
}

/** Headers, cookies, signed addresses, web hooks, magic links. */
export const web: Kinds = {
  'bearer header': header('Authorization', 'Bearer {x40}').map((each) =>
    each.replace('«Bearer ', 'Bearer «'),
  ),
  'basic header': header('Authorization', 'Basic {basic}').map((each) => each.replace('«Basic ', 'Basic «')),
  'token header': header('Authorization', 'Token {h40}').map((each) => each.replace('«Token ', 'Token «')),
  'digest header': [
    'Authorization: Digest username="{user}", realm="x", nonce="{h32}", uri="/", response="«{h32}»"',
  ],
  'aws signature header': [
    'Authorization: AWS4-HMAC-SHA256 Credential={word}/20261101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=«{h64}»',
  ],
  'proxy authorization': header('Proxy-Authorization', 'Basic {basic}').map((each) =>
    each.replace('«Basic ', 'Basic «'),
  ),
  'negotiate header': [
    'Authorization: Negotiate «YII{b160}=»',
    'WWW-Authenticate: NTLM «TlRMTVNTUAAB{b80}»',
    'Authorization: NTLM «TlRMTVNTUAAD{b120}»',
  ],
  'api key header': header('X-Api-Key', '{x32}'),
  'auth token header': header('X-Auth-Token', '{h32}'),
  'gitlab header': header('PRIVATE-TOKEN', '{w20}'),
  'vault header': header('X-Vault-Token', 's.{x24}'),
  'csrf header': header('X-CSRF-Token', '{b86}=='),
  'session header': header('X-Session-Id', '{x32}'),
  'subscription header': header('Ocp-Apim-Subscription-Key', '{h32}'),
  'functions header': header('x-functions-key', '{w54}=='),
  'amazon security token': header('X-Amz-Security-Token', '{b200}'),
  'shop header': header('X-Shopify-Access-Token', '{h32}'),
  'okta header': ['Authorization: SSWS «00{w40}»', "curl -H 'Authorization: SSWS «{w42}»' https://{host}"],
  'api key authorization': [
    'Authorization: ApiKey «{b56}»',
    'Authorization: Api-Key «{x8}.{x32}»',
    'Authorization: key=«{w152}»',
    'Authorization: Splunk «{uuid}»',
    'Authorization: GenieKey «{uuid}»',
    'Authorization: OAuth «{x40}»',
  ],
  'php session': cookie('PHPSESSID', '{a26}'),
  'java session': cookie('JSESSIONID', '{H32}'),
  'asp.net session': cookie('ASP.NET_SessionId', '{a24}'),
  'express session': cookie('connect.sid', 's%3A{w32}.{x43}'),
  'laravel session': cookie('laravel_session', 'eyJpdiI6{b180}%3D'),
  'django session': cookie('sessionid', '{a32}'),
  'csrf cookie': cookie('csrftoken', '{x64}'),
  'rails session': cookie('_{word}_session', '{b120}--{h40}'),
  'next auth session': cookie('__Secure-next-auth.session-token', '{uuid}'),
  'wordpress cookie': cookie('wordpress_logged_in_{h32}', '{user}%7C17{d8}%7C{x43}%7C{h64}'),
  'generic auth cookie': cookie('auth', '{x48}'),
  'generic session cookie': cookie('session', '{w80}'),
  'google sid cookie': cookie('SID', 'g.a000{w120}'),
  'remember me cookie': cookie('remember_token', '{d3}|{h64}'),
  'saml response': [
    'SAMLResponse=«{saml}»',
    'POST /acs SAMLResponse=«{saml}»&RelayState=x',
    '<input type="hidden" name="SAMLResponse" value="«{saml}»"/>',
  ],
  'oauth code': link('https://{host}/callback?code=«{w40}»&state={word}'),
  'access token fragment': link('https://{host}/cb#access_token=«{x64}»&token_type=bearer'),
  'token parameter': link('https://{host}/feed?token=«{x32}»'),
  'api key parameter': link('https://{host}/v1/{word}?api_key=«{h32}»&page=2'),
  'short key parameter': link('https://{host}/maps?key=«{x24}»&z=3'),
  'app id parameter': link('https://{host}/data?q={word}&appid=«{h32}»'),
  's3 signed address': link(
    'https://{word}.s3.amazonaws.com/a.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={word}&X-Amz-Date=20261101T101500Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=«{h64}»',
  ),
  'old s3 signed address': link(
    'https://{word}.s3.amazonaws.com/a.pdf?AWSAccessKeyId={word}&Expires=1799999999&Signature=«{x27}%3D»',
  ),
  'gcs signed address': link(
    'https://storage.googleapis.com/{word}/a?X-Goog-Date=20261101T101500Z&X-Goog-Expires=900&X-Goog-Signature=«{h256}»',
  ),
  'cloudfront signed address': link(
    'https://{a14}.cloudfront.net/a.mp4?Expires=1799999999&Signature=«{w340}__»&Key-Pair-Id={word}',
  ),
  'azure sas address': link(
    'https://{word}.blob.core.windows.net/c/a.zip?sv=2024-11-04&st=2026-11-01&se=2026-11-02&sr=b&sp=r&sig=«{x40}%2B{x6}%3D»',
  ),
  'azure function address': link('https://{word}.azurewebsites.net/api/run?code=«{w54}==»'),
  'logic app address': link(
    'https://prod-12.westeurope.logic.azure.com/workflows/{word}/run?api-version=2016-10-01&sp=run&sv=1.0&sig=«{w43}»',
  ),
  'password reset link': link('https://{host}/password/reset/«{x64}»'),
  'reset token link': link('https://{host}/reset-password?token=«{h40}»'),
  'magic link': link('https://{host}/magic/«{w43}»'),
  'magic login link': link('https://{host}/login/verify?t=«{w48}»'),
  'confirmation link': link('https://{host}/users/confirmation?confirmation_token=«{w20}»'),
  'activation link': link('https://{host}/activate/{d5}/«{a6}-{h32}»/'),
  'invitation link': link('https://{host}/invite/«{x32}»'),
  'unlock link': link('https://{host}/unlock?unlock_token=«{w20}»'),
  'ticket link': link('https://{host}/sso?ticket=«ST-{d6}-{x20}-cas»'),
  'meeting password link': link('https://us02web.zoom.us/j/{D10}?pwd=«{x32}»'),
  'private calendar link': link('https://calendar.google.com/calendar/ical/{word}/private-«{h32}»/basic.ics'),
  'private feed link': link('https://{host}/feeds/{word}.atom?feed_token=«{w20}»'),
  'slack hook': link('https://hooks.slack.com/services/«T{u8}/B{u10}/{x24}»'),
  'slack workflow hook': link('https://hooks.slack.com/triggers/«T{u8}/{d13}/{h32}»'),
  'discord hook': link('https://discord.com/api/webhooks/«{D18}/{w68}»'),
  'teams hook': link(
    'https://{word}.webhook.office.com/webhookb2/«{uuid}@{uuid}»/IncomingWebhook/«{h32}/{uuid}»',
  ),
  'google chat hook': link(
    'https://chat.googleapis.com/v1/spaces/«{x11}/messages?key=AIza{w35}&token={w43}»',
  ),
  'zapier hook': link('https://hooks.zapier.com/hooks/catch/«{d7}/{a7}»/'),
  'ifttt hook': link('https://maker.ifttt.com/trigger/{word}/with/key/«{w43}»'),
  'make hook': link('https://hook.eu1.make.com/«{a32}»'),
  'pipedream-like hook': link('https://{host}/webhook/«{x28}»'),
  'telegram bot address': link('https://api.telegram.org/bot«{D10}:AA{w33}»/sendMessage'),
  'feishu hook': link('https://open.feishu.cn/open-apis/bot/v2/hook/«{uuid}»'),
  'dingtalk hook': link('https://oapi.dingtalk.com/robot/send?access_token=«{h64}»'),
  'wecom hook': link('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=«{uuid}»'),
  'jenkins remote trigger': link('https://{host}/job/{word}/build?token=«{x16}»'),
  'infura-like path key': link('https://mainnet.infura.io/v3/«{h32}»'),
  'alchemy-like path key': link('https://eth-mainnet.g.alchemy.com/v2/«{w32}»'),
  'healthcheck-like ping': link('https://hc-ping.com/«{uuid}»'),
  'password parameter': link('https://{host}/login?user={user}&password=«{safe}»'),
  'session in path': link('https://{host}/shop;jsessionid=«{H32}»?p=1'),
  'devtools session storage': [
    'localStorage.setItem("token", "«{x40}»")',
    'sessionStorage.authToken = "«{x40}»"',
    "localStorage['refreshToken'] = '«{x60}»'",
  ],
  'form field': [
    '<input type="password" value="«{password}»">',
    '<input name="password" type="password" value="«{password}»" />',
    '<input type="hidden" name="authenticity_token" value="«{b86}==»">',
    '<meta name="csrf-token" content="«{w86}»">',
  ],
};
