/** Answers as ProactiveBench's labels; in the model, because both this stage and export need them. */
export { CATEGORIES, labelOf, type Category, type Labelled, type Unlabelled } from '../model/label.ts';
