import type { Kinds } from './fill.ts';

/** An address with a password in it, as it stands in settings, code and commands. */
function address(url: string): readonly string[] {
  return [
    url,
    `DATABASE_URL=${url}`,
    `"url": "${url}",`,
    `connect to ${url} failed: timeout`,
    `url: '${url}'`,
  ];
}

/** Connection strings of databases, queues, mail and files. */
export const connections: Kinds = {
  'postgres url': address('postgres://{user}:«{safe}»@{host}:5432/{word}'),
  'postgresql url with driver': address('postgresql+asyncpg://{user}:«{safe}»@{host}/{word}'),
  'mysql url': address('mysql://{user}:«{safe}»@{host}:3306/{word}'),
  'mariadb url': address('mariadb+pymysql://{user}:«{safe}»@{host}/{word}?charset=utf8mb4'),
  'mongodb url': address('mongodb://{user}:«{safe}»@{host}:27017/{word}?authSource=admin'),
  'mongodb srv url': address('mongodb+srv://{user}:«{safe}»@cluster0.{a5}.mongodb.net/{word}'),
  'redis url': address('redis://:«{safe}»@{host}:6379/0'),
  'rediss url': address('rediss://default:«{safe}»@{host}:6380'),
  'amqp url': address('amqps://{user}:«{safe}»@{host}/{word}'),
  'clickhouse url': address('clickhouse://{user}:«{safe}»@{host}:9440/{word}?secure=true'),
  'elasticsearch url': address('https://elastic:«{generated}»@{host}:9200'),
  'couchdb url': address('http://{user}:«{safe}»@{host}:5984/{word}'),
  'neo4j url': address('neo4j+s://neo4j:«{safe}»@{host}:7687'),
  'nats url': address('nats://{user}:«{safe}»@{host}:4222'),
  'kafka proxy url': address('http://{user}:«{safe}»@{host}:8082/topics'),
  'smtp url': address('smtps://{word}:«{safe}»@{host}:465'),
  'imap url': address('imaps://{word}:«{safe}»@{host}:993'),
  'ftp url': address('ftp://{user}:«{safe}»@{host}/pub'),
  'sftp url': address('sftp://{user}:«{safe}»@{host}:22/srv'),
  'ldap url': address('ldap://cn=admin:«{safe}»@{host}:389'),
  'camera stream url': address('rtsp://{user}:«{safe}»@{host}:554/stream1'),
  'proxy url': address('http://{user}:«{safe}»@{host}:3128'),
  'git url with password': address('https://{user}:«{safe}»@{host}/team/{word}.git'),
  'git url with token only': address('https://«{x40}»@{host}/team/{word}.git'),
  'socks url': address('socks5h://{user}:«{safe}»@{host}:1080'),
  'vnc url': address('vnc://:«{safe}»@{host}:5900'),
  'percent-encoded url': address('postgres://{user}:«{safe}%40{x4}%23»@{host}/{word}'),
  'snowflake url': address('snowflake://{user}:«{safe}»@{a8}.eu-west-1/{word}'),
  'trino url': address('trino://{user}:«{safe}»@{host}:443/hive'),
  's3 url': address('s3://{u20}:«{x40}»@{host}/{word}'),
  'ado.net string': [
    'Server={host};Database={word};User Id={user};Password=«{safe}»;Encrypt=True;',
    'Data Source={host};Initial Catalog={word};uid={user};pwd=«{safe}»',
    '"Default": "Server={host};Database={word};User={user};Password=«{safe}»;"',
    'connectionString="Server={host};Password=«{safe}»;Database={word}"',
  ],
  'odbc string': [
    'DRIVER={ODBC Driver 18};SERVER={host};UID={user};PWD=«{safe}»',
    'DSN={word};UID={user};PWD=«{safe}»;',
  ],
  'jdbc parameters': [
    'jdbc:mysql://{host}:3306/{word}?user={user}&password=«{safe}»',
    'jdbc:postgresql://{host}/{word}?user={user}&password=«{safe}»&ssl=true',
    'jdbc:sqlserver://{host}:1433;databaseName={word};user={user};password=«{safe}»;',
  ],
  'jdbc oracle': [
    'jdbc:oracle:thin:{user}/«{safe}»@//{host}:1521/{word}',
    'jdbc:oracle:thin:{user}/«{safe}»@{host}:1521:XE',
  ],
  'oracle login': [
    'sqlplus {user}/«{safe}»@{host}:1521/XEPDB1',
    'sqlplus {user}/«{safe}»@{word}',
    'sqlldr userid={user}/«{safe}» control=load.ctl',
    'expdp {user}/«{safe}» schemas={word}',
  ],
  'libpq keywords': [
    'host={host} dbname={word} user={user} password=«{safe}» sslmode=require',
    "conninfo 'host={host} password=«{safe}» user={user}'",
  ],
  'pgpass line': [
    '{host}:5432:{word}:{user}:«{safe}»',
    '*:*:*:{user}:«{safe}»',
    'localhost:5432:*:postgres:«{safe}»',
  ],
  'my.cnf': [
    '[client]\nuser={user}\npassword=«{safe}»\n',
    '[mysqldump]\nuser = {user}\npassword = "«{password}»"',
  ],
  netrc: [
    'machine {host} login {user} password «{password}»',
    'machine {host}\n  login {user}\n  password «{password}»\n',
    'default login {user} password «{password}»',
  ],
  'storage account string': [
    'DefaultEndpointsProtocol=https;AccountName={a12};AccountKey=«{bytes64}»;EndpointSuffix=core.windows.net',
    'AZURE_STORAGE_CONNECTION_STRING="DefaultEndpointsProtocol=https;AccountName={a12};AccountKey=«{bytes64}»"',
  ],
  'service bus string': [
    'Endpoint=sb://{a10}.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=«{bytes32}»',
    'Endpoint=sb://{a10}.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=«{bytes32}»;EntityPath={word}',
  ],
  'cosmos string': ['AccountEndpoint=https://{a10}.documents.azure.com:443/;AccountKey=«{bytes64}»;'],
  'iot hub string': ['HostName={a8}.azure-devices.net;DeviceId={a6};SharedAccessKey=«{bytes32}»'],
  'kafka jaas': [
    'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="{user}" password="«{password}»";',
    'KafkaClient {\n  username="{user}"\n  password="«{password}»";\n};',
  ],
  'smb mount': [
    'mount -t cifs //{host}/{word} /mnt -o username={user},password=«{safe}»,vers=3.0',
    '//{host}/{word} /mnt cifs user={user},pass=«{safe}» 0 0',
    'username={user}\npassword=«{safe}»\ndomain=CORP',
  ],
  'sentry secret dsn': ['https://{h32}:«{h32}»@{host}/{D4}', 'SENTRY_DSN=https://{h32}:«{h32}»@{host}/{D2}'],
  'sip account': [
    'sip:{user}:«{safe}»@{host}',
    'register => {user}:«{safe}»@{host}/{d4}',
    'secret=«{safe}»\ntype=friend\nhost=dynamic',
  ],
  'lftp login': ['lftp -u {user},«{safe}» sftp://{host}', 'open -u {user},«{safe}» {host}'],
  'influx config': [
    '[http]\n  username = "{user}"\n  password = "«{password}»"',
    'token = "«{x60}»"\norg = "{word}"',
  ],
};
