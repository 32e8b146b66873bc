/* The behaviour of the screens over records. */

import './dialog.js';
import { RecordChooser, RecordSelect, RecordSeveral } from './choosers.js';
import { ConditionBuilder } from './conditions/builder.js';
import { ConditionPicker } from './conditions/picker.js';
import { RecordFact } from './facts.js';
import { RecordCount, RecordList, RecordNarrow } from './list.js';
import { RecordPage, RecordPart, RecordStar } from './pages.js';

const controllers = {
  'condition-builder': ConditionBuilder,
  'condition-picker': ConditionPicker,
  'record-list': RecordList,
  'record-count': RecordCount,
  'record-narrow': RecordNarrow,
  'record-chooser': RecordChooser,
  'record-select': RecordSelect,
  'record-several': RecordSeveral,
  'record-fact': RecordFact,
  'record-page': RecordPage,
  'record-part': RecordPart,
  'record-star': RecordStar,
};

Object.entries(controllers).forEach(([name, controller]) => window.wagtail.app.register(name, controller));
