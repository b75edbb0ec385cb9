// What LINE's app does when an action is tapped: the phone's own part here, the rest told to the platform.
import { act } from "./api.js";
import { asSeenFromHere } from "./addresses.js";
import { askForMoment } from "./moments.js";
import { pickPlace } from "./location.js";
import { openGallery, pickFiles, sendPictures } from "./gallery.js";
import { openSheet } from "./sheet.js";
import { h } from "./dom.js";
import { t } from "./words.js";

/**
 * @param {import("./chat.js").ChatView} view
 * @param {any} action LINE's action object, as it stands in the message
 * @param {string} place flex, template, imagemap, quickReply or richMenu
 * @param {string} [messageId]
 */
export async function perform(view, action, place, messageId) {
  const tell = (more = {}) => act("act", { chat: view.id, by: view.user, action, place, ...(messageId ? { message_id: messageId } : {}), ...more });
  switch (action.type) {
    case "uri":
      openAddress(view, action.uri);
      return tell();
    case "clipboard":
      view.copy(action.clipboardText);
      return tell();
    case "camera":
      return pickFiles({ accept: "image/*", capture: "environment" }, (files) => sendPictures(view, files));
    case "cameraRoll":
      return openGallery(view);
    case "location":
      return pickPlace(view.glass, ({ latitude, longitude, address }) => tell({ position: [latitude, longitude], address }));
    case "datetimepicker":
      return askForMoment(view.glass, action, (params) => tell({ params }));
    default:
      await tell();
      return followInput(view, action);
  }
}

/** A postback may also open the keyboard, with words in it, or the menu. */
function followInput(view, action) {
  const { composer } = view;
  if (action.inputOption === "openKeyboard") composer.openKeyboard(action.fillInText ?? "");
  else if (action.inputOption === "openRichMenu") composer.showMenu(true);
  else if (action.inputOption === "closeRichMenu") composer.showMenu(false);
  else if (action.inputOption === "openVoice") composer.openVoice();
}

function openAddress(view, address) {
  const here = asSeenFromHere(address);
  if (here.startsWith("/") || /^https?:/.test(here)) {
    window.open(here, "_blank", "noopener,noreferrer");
    return;
  }
  const calls = address.startsWith("tel:");
  const words = calls ? t("call.simulated", { number: address.slice(4) }) : t("link.simulated", { address });
  openSheet(view.glass, { title: calls ? t("call", { number: address.slice(4) }) : t("link"), body: [h("p", {}, words)] });
}
