import { openDatabase } from "./database.ts";
const logger: any = { debug: (f: any, m: string) => process.env.V && console.log("D", m, f), info(f:any,m:string){console.log(m,f)}, warn(f:any,m:string){console.log("W",m,f)}, error(f:any,m:string){console.log("E",m,f)}, child(){return logger} };
for (const o of [{ url: "postgres://postgres@127.0.0.1:5432/vigie_exp" }, {}]) {
  await using db = await openDatabase({ ...o, logger });
  console.log("DRIFT", await db.orm.schema.getUpdateSchemaSQL());
  await db.orm.migrator.down(); 
  console.log((await db.orm.schema.getUpdateSchemaSQL()).length);
  await db.orm.migrator.up();
  console.log("DRIFT", await db.orm.schema.getUpdateSchemaSQL());
}
await openDatabase({ url: "postgres://u:secret@127.0.0.1:5999/x", logger, patienceMs: 500 }).catch((e) => console.log(e));
