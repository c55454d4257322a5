import type { Kinds } from './fill.ts';

/** Credentials without a shape of their own: what they are is told by the name beside them. */
const values: Readonly<Record<string, string>> = {
  'aws secret access key': '{b40}',
  'aws session token': '{b300}',
  'azure storage account key': '{bytes64}',
  'azure subscription key': '{h32}',
  'service bus shared access key': '{bytes32}',
  'cosmos primary key': '{bytes64}',
  'ibm cloud api key': '{w44}',
  'alibaba access key secret': '{x30}',
  'tencent secret key': '{x32}',
  'datadog api key': '{h32}',
  'datadog app key': '{h40}',
  'cloudflare global api key': '{h37}',
  'fastly api token': '{w32}',
  'heroku api key': '{uuid}',
  'algolia admin api key': '{h32}',
  'auth0 client secret': '{w64}',
  'twitter consumer secret': '{x50}',
  'codecov token': '{uuid}',
  'jenkins api token': '{h34}',
  'pagerduty api key': '{w20}',
  'opsgenie api key': '{uuid}',
  'zendesk api token': '{x40}',
  'freshdesk api key': '{x20}',
  'amplitude secret key': '{h32}',
  'mixpanel api secret': '{h32}',
  'segment write key': '{x32}',
  'snyk token': '{uuid}',
  'sonatype nexus password': '{password}',
  'wechat app secret': '{h32}',
  'dingtalk app secret': '{w64}',
  'kakao rest api key': '{h32}',
  'spotify client secret': '{h32}',
  'twitch client secret': '{a30}',
  'reddit client secret': '{w27}',
  'unsplash access key': '{w43}',
  'openweather api key': '{h32}',
  'steam web api key': '{H32}',
  'twilio auth token': '{h32}',
  'vonage api secret': '{x16}',
  'mandrill api key': '{w22}',
  'postmark server token': '{uuid}',
  'intercom access token': '{bytes44}=',
  'trello api token': '{h64}',
  'pusher app secret': '{h20}',
  'rollbar access token': '{h32}',
  'bugsnag api key': '{h32}',
  'webhook signing secret': '{h64}',
  'session secret': '{w48}',
  'cookie encryption key': '{h64}',
  'oauth refresh token': '{x60}',
  'jwt signing key': '{bytes48}',
  'database master key': '{w40}',
  'hmac secret': '{bytes32}',
  'wireless psk': '{h64}',
};

function camel(label: string): string {
  return label.replace(/ (.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The ways a named value is written down. */
function ways(label: string, value: string): readonly string[] {
  const snake = label.replaceAll(' ', '_');
  const secret = `«${value}»`;
  return [
    `${snake.toUpperCase()}=${secret}`,
    `export ${snake.toUpperCase()}="${secret}"`,
    `  "${camel(label)}": "${secret}",`,
    `${snake}: ${secret}`,
    `${label.replaceAll(' ', '-')} = '${secret}'`,
    `${label[0]!.toUpperCase()}${label.slice(1)}: ${secret}`,
    `our ${label} is ${secret}`,
    `{word} deploy --${label.replaceAll(' ', '-')} ${secret} --yes`,
    `<${camel(label)}>${secret}</${camel(label)}>`,
    `'${snake}' => '${secret}',`,
    `| ${label} | ${secret} |`,
    `private static final String ${snake.toUpperCase()} = "${secret}";`,
    `$env:${snake.toUpperCase()} = '${secret}'`,
    `new for the ${label}: ${secret} (old one is revoked)`,
    `${label.replaceAll(' ', '.')}=${secret}`,
    `-e ${snake.toUpperCase()}=${secret} -p 8080:80`,
  ];
}

/** One kind a label, in every way of writing. */
export const labelled: Kinds = Object.fromEntries(
  Object.entries(values).map(([label, value]) => [`named: ${label}`, ways(label, value)]),
);
