/** A bare embedded database for tests. */
import { MikroORM } from "@mikro-orm/postgresql";
import {
  EmbeddedPostgres,
  type EmbeddedOptions,
} from "../../../src/storage/embedded/embedded-postgres.ts";
import { ormOptions } from "../../../src/storage/orm-options.ts";
import { silentLogger as logger, template } from "../../support/database.ts";

/** An embedded database and a way to ask it; from the template, which is quicker than from nothing. */
export async function start(options: Partial<EmbeddedOptions>) {
  const defaults = { dataDir: null, logger, template: await template() };
  const embedded = await EmbeddedPostgres.start({ ...defaults, ...options });
  const orm = await MikroORM.init(ormOptions({ embedded }, logger));
  const pool = await orm.driver.getConnection().getNativeClient();
  return {
    embedded,
    pool,
    async [Symbol.asyncDispose]() {
      await orm.close();
      await embedded.close();
    },
  };
}
