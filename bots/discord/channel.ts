/**
 * The channel of a server that somebody speaks in, and whether we may write there by ourselves. Answers
 * need no permission, messages unasked for do; and whoever brought us in by their own account alone has
 * not brought us into the server.
 */
import {
  ApplicationIntegrationType,
  PermissionFlagsBits,
  Routes,
  type Interaction,
} from "discord.js";
import type { CallerChat } from "../catalogue/command.ts";

/** Nothing for direct messages and group conversations: we cannot write into those of others. */
export function channelOf(interaction: Interaction): { readonly chat?: CallerChat } {
  const { guildId, channelId: chatId, appPermissions } = interaction;
  if (guildId === null || chatId === null) return {};
  const owners = interaction.authorizingIntegrationOwners;
  const isMember = owners[ApplicationIntegrationType.GuildInstall] !== undefined;
  const { ViewChannel, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
  const speaks = appPermissions.any([SendMessages, SendMessagesInThreads]);
  const mayWrite = isMember && speaks && appPermissions.has(ViewChannel);
  const title = () => nameOf(interaction, chatId);
  return { chat: { chatId, threadId: null, mayWrite, title } };
}

/** Without intents the library knows no channels, so Discord is asked; the number serves otherwise. */
async function nameOf({ client }: Interaction, chatId: string): Promise<string> {
  try {
    const channel = await client.rest.get(Routes.channel(chatId));
    const named = typeof channel === "object" && channel !== null && "name" in channel;
    return named && typeof channel.name === "string" ? `#${channel.name}` : chatId;
  } catch {
    return chatId;
  }
}
