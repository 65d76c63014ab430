export const viewer = {
  noPicture: "No picture",
  noPictureReason: "No object of this series can be shown as a picture.",
};
