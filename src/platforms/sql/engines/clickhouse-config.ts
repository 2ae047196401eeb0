/** One server of a cluster: its folder, and the ports that it listens on. */
export interface Shard {
  readonly folder: string;
  readonly http: number;
  readonly native: number;
  readonly interserver: number;
}

/** The configuration of a server that is one of several shards, and listens on this machine alone. */
export function clickHouseConfig({ folder, http, native, interserver }: Shard, shards: readonly Shard[]): string {
  const cluster = shards.map(
    (shard) => `<shard><internal_replication>false</internal_replication>
        <replica><host>127.0.0.1</host><port>${shard.native}</port></replica></shard>`,
  );
  return `<?xml version="1.0"?>
<yandex>
  <logger><level>error</level><console>1</console></logger>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${http}</http_port>
  <tcp_port>${native}</tcp_port>
  <interserver_http_host>127.0.0.1</interserver_http_host>
  <interserver_http_port>${interserver}</interserver_http_port>
  <keep_alive_timeout>60</keep_alive_timeout>
  <path>${folder}/data/</path>
  <tmp_path>${folder}/tmp/</tmp_path>
  <user_files_path>${folder}/files/</user_files_path>
  <format_schema_path>${folder}/schemas/</format_schema_path>
  <users_config>${folder}/users.xml</users_config>
  <default_profile>default</default_profile>
  <default_database>default</default_database>
  <mark_cache_size>268435456</mark_cache_size>
  <remote_servers>
    <shards>
      ${cluster.join("\n      ")}
    </shards>
  </remote_servers>
</yandex>
`;
}

/** One user without a password; limits are as they come, so that a query that passes here passes elsewhere. */
export const clickHouseUsers = `<?xml version="1.0"?>
<yandex>
  <profiles><default><max_threads>1</max_threads></default></profiles>
  <users>
    <default>
      <password></password>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
    </default>
  </users>
  <quotas><default></default></quotas>
</yandex>
`;
